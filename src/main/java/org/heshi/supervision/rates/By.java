package org.heshi.supervision.rates;

import java.util.stream.Stream;

/** What the rates are shown by. Never by a person. */
public enum By {
    MONTH, UNIT, TOWN, KIND, CATEGORY;

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static By of(String code) {
        return Stream.of(values()).filter(by -> by.code().equals(code)).findFirst().orElse(MONTH);
    }

    /** SQL of the key; {@code date} is the column of the date that counts. @param then under the places of then */
    String key(String date, boolean then) {
        return switch (this) {
            case MONTH -> "to_char(m." + date + " at time zone 'Asia/Shanghai', 'YYYY-MM')";
            case UNIT -> "coalesce(m.unit::text, '')";
            case TOWN -> then ? "case when length(coalesce(m.scope_was, m.scope)) >= 9 then left(coalesce(m.scope_was, m.scope), 9) else '' end" : "coalesce(m.town, '')";
            case KIND -> "m.kind";
            case CATEGORY -> "left(m.category, 2)";
        };
    }
}
