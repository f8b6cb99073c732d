package org.heshi.privacy.rights;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is typed to make a request. {@code number} and {@code checked} are typed at the window only. */
public record RequestForm(@Nullable String number, @Nullable String what, @Nullable String words, @Nullable Boolean kin, @Nullable String name, @Nullable String phone, @Nullable Boolean checked,
        @Nullable String key) {

    public RequestForm {
        number = Objects.requireNonNullElse(number, "");
        what = Objects.requireNonNullElse(what, "");
        words = Objects.requireNonNullElse(words, "").strip();
        kin = Boolean.TRUE.equals(kin);
        checked = Boolean.TRUE.equals(checked);
        name = Objects.requireNonNullElse(name, "");
        phone = Objects.requireNonNullElse(phone, "");
        key = Objects.requireNonNullElse(key, "");
    }

    static RequestForm blank() {
        return new RequestForm("", "", "", false, "", "", false, java.util.UUID.randomUUID().toString());
    }
}
