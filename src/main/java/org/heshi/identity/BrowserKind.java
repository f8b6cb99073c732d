package org.heshi.identity;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of browser on which kind of machine: enough for its owner to know it again, too little to know anybody by. Versions and everything else
 * that a browser says are not kept.
 */
public final class BrowserKind {

    /** Each with what its {@code User-Agent} holds; the first that fits counts, for many say that they are others too. */
    private static final List<String[]> BROWSERS = List.of(new String[] {"wechat", "micromessenger"}, new String[] {"dingtalk", "dingtalk"},
            new String[] {"edge", "edg/"}, new String[] {"edge", "edga/"}, new String[] {"qq", "qqbrowser"}, new String[] {"firefox", "firefox/"},
            new String[] {"firefox", "fxios/"}, new String[] {"opera", "opr/"}, new String[] {"chrome", "chrome/"}, new String[] {"chrome", "crios/"},
            new String[] {"safari", "safari/"});
    private static final List<String[]> MACHINES = List.of(new String[] {"harmony", "harmonyos"}, new String[] {"harmony", "openharmony"},
            new String[] {"android", "android"}, new String[] {"iphone", "iphone"}, new String[] {"ipad", "ipad"}, new String[] {"windows", "windows"},
            new String[] {"mac", "mac os"}, new String[] {"linux", "linux"});

    private BrowserKind() {
    }

    /** {@code chrome/windows}; {@code other} where it is not known. */
    public static String of(@Nullable String userAgent) {
        String said = userAgent == null ? "" : userAgent.toLowerCase(Locale.ROOT);
        return first(BROWSERS, said) + "/" + first(MACHINES, said);
    }

    private static String first(List<String[]> kinds, String said) {
        return kinds.stream().filter(kind -> said.contains(kind[1])).map(kind -> kind[0]).findFirst().orElse("other");
    }
}
