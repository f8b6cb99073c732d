package org.heshi.directory.posts;

import java.util.Objects;

/** Name and work contacts of somebody on the staff. */
public record PersonForm(String name, String phone, String email) {

    public PersonForm {
        name = Objects.requireNonNullElse(name, "");
        phone = Objects.requireNonNullElse(phone, "");
        email = Objects.requireNonNullElse(email, "");
    }
}
