package org.heshi.matters.form;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure;

/**
 * What a form needs to know of where it stands.
 *
 * @param procedure the matter's own version: its outcomes are offered
 * @param within    code under which places and units are searched; empty for the whole country
 * @param suggested units that are offered before anybody searches; a person still chooses
 * @param atWork    units whose posts may be named
 * @param parties   those whom the matter concerns and a field may name
 * @param matter    from whose lists something may be picked; empty before there is one
 */
public record Setting(Procedure procedure, String within, List<Unit> suggested, List<Unit> atWork, List<Party> parties, Optional<UUID> matter) {

    /**
     * @param name of the person or body, as far as who acts may read it; may be empty
     */
    public record Party(int number, Bilingual role, String name) {
    }

    public Setting {
        suggested = List.copyOf(suggested);
        atWork = List.copyOf(atWork);
        parties = List.copyOf(parties);
    }

    public Setting(Procedure procedure, String within) {
        this(procedure, within, List.of(), List.of(), List.of(), Optional.empty());
    }
}
