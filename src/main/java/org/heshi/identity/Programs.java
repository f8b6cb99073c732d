package org.heshi.identity;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Other programs that may sign in, for rooms that do something for them. Whoever asks has asked whether an administrator may. */
public interface Programs {

    /** Those that have not ended and whose unit stands, by name. */
    List<Program> running();

    /** A program without any secret or key yet: an administrator makes those. For the program's own parts, as the administrator who acts; people do it on {@code /admin/clients}. */
    Program enter(String name, UUID unit, Set<String> scopes);

    record Program(UUID id, String name, UUID unit, Set<String> scopes) {

        public Program {
            scopes = Set.copyOf(scopes);
        }
    }
}
