package org.heshi.directory.posts;

import java.util.Objects;

/**
 * Who is to hold a post, from which day and to which last day (empty: open). When somebody of that name is on the staff already, picked says
 * whether it is that person (an id) or another one of the same name ({@code new}).
 */
public record AssignForm(String person, String personPicked, String phone, String email, String from, String to) {

    static final String ANOTHER = "new";

    public AssignForm {
        person = Objects.requireNonNullElse(person, "");
        personPicked = Objects.requireNonNullElse(personPicked, "");
        phone = Objects.requireNonNullElse(phone, "");
        email = Objects.requireNonNullElse(email, "");
        from = Objects.requireNonNullElse(from, "");
        to = Objects.requireNonNullElse(to, "");
    }
}
