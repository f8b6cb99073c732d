package org.heshi.directory;

import java.util.Optional;

/** What a post may do. A post has one or more. */
public enum Role {
    WINDOW_CLERK, DISPATCHER, HANDLER, HEAD, GRID_WORKER, MEDIATOR, VERIFIER, SUPERVISOR, AUDITOR, ADMINISTRATOR;

    /** As it stands in procedure files, tables and message keys: {@code window-clerk}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> find(String code) {
        for (Role role : values()) {
            if (role.code().equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
