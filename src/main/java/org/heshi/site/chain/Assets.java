package org.heshi.site.chain;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Style, script and pictures of the program itself: the same for everybody, so nobody is asked who they are. */
final class Assets {

    static final String[] ADDRESSES = {"/webjars/**", "/heshi*.css", "/heshi*.js", "/icons*.svg", "/mark*.svg", "/maps/**", "/favicon.ico"};
    private static final Pattern ASSET = Pattern.compile("/(webjars/.*|maps/.*|heshi[^/]*\\.(css|js)|(icons|mark)[^/]*\\.svg|favicon\\.ico)");

    private Assets() {
    }

    static boolean wants(HttpServletRequest request) {
        return ASSET.matcher(request.getRequestURI()).matches();
    }
}
