package org.heshi.mediation.roster;

import java.util.Objects;

/** What is typed about a committee. */
public record BodyForm(String sort, String field, String intro, String address, String phone, String listed) {

    public BodyForm {
        sort = Objects.requireNonNullElse(sort, "");
        field = Objects.requireNonNullElse(field, "");
        intro = Objects.requireNonNullElse(intro, "");
        address = Objects.requireNonNullElse(address, "");
        phone = Objects.requireNonNullElse(phone, "");
        listed = Objects.requireNonNullElse(listed, "");
    }
}
