package org.heshi.privacy.rights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * What is typed to make a request. {@code number} and {@code checked} are typed at the window only. What is asked about a child is the procedure's: its
 * answers carry the procedure's names.
 */
public record RequestForm(@Nullable String number, @Nullable String what, @Nullable String words, @Nullable Boolean kin, @Nullable String name, @Nullable String phone, @Nullable Boolean checked,
        @BindParam("under-14") @Nullable String under14, @BindParam("guardian-name") @Nullable String guardianName, @BindParam("guardian-phone") @Nullable String guardianPhone,
        @BindParam("guardian-consent") @Nullable String guardianConsent, @Nullable String key) {

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
        return new RequestForm("", "", "", false, "", "", false, "", "", "", "", java.util.UUID.randomUUID().toString());
    }

    /** What was answered about a child, by the names of the procedure's fields. */
    public Map<String, String> child() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("under-14", Objects.requireNonNullElse(under14, ""));
        answers.put("guardian-name", Objects.requireNonNullElse(guardianName, ""));
        answers.put("guardian-phone", Objects.requireNonNullElse(guardianPhone, ""));
        answers.put("guardian-consent", Objects.requireNonNullElse(guardianConsent, ""));
        return answers.entrySet().stream().filter(answer -> !answer.getValue().isBlank()).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
