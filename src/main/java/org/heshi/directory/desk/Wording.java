package org.heshi.directory.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.heshi.kernel.Refusal;

/** What a name may be. Each rule names the field it speaks of. */
public final class Wording {

    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,128}\\.[^@\\s.]{2,}");
    private static final Pattern TELEPHONE = Pattern.compile("[0-9+()（） \\-—]{5,40}");

    private Wording() {
    }

    /** Not blank, not too long, nothing invisible in it: control and format characters (zero-width, right-to-left marks), lone surrogates. */
    public static List<Refusal> name(String field, String text, int longest) {
        if (text.isBlank()) {
            return List.of(Refusal.at(field, "directory-empty"));
        }
        List<Refusal> refusals = new ArrayList<>();
        if (text.strip().length() > longest) {
            refusals.add(Refusal.at(field, "directory-too-long", longest));
        }
        if (text.codePoints().anyMatch(Wording::unseen)) {
            refusals.add(Refusal.at(field, "directory-unseen-characters"));
        }
        return refusals;
    }

    /** An e-mail address, when there is one. */
    public static List<Refusal> email(String field, String text) {
        return text.isBlank() || ADDRESS.matcher(text.strip()).matches() ? List.of() : List.of(Refusal.at(field, "directory-not-an-email"));
    }

    /** A telephone number, when there is one. */
    public static List<Refusal> phone(String field, String text) {
        return text.isBlank() || TELEPHONE.matcher(text.strip()).matches() ? List.of() : List.of(Refusal.at(field, "directory-not-a-phone"));
    }

    private static boolean unseen(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }
}
