package org.heshi.matters.form;

import java.util.List;
import org.heshi.directory.Unit;
import org.heshi.matters.procedure.Procedure;

/**
 * What a form needs to know of where it stands.
 *
 * @param procedure the matter's own version: its outcomes are offered
 * @param within    code under which places and units are searched; empty for the whole country
 * @param suggested units that are offered before anybody searches; a person still chooses
 * @param atWork    units whose posts may be named
 */
public record Setting(Procedure procedure, String within, List<Unit> suggested, List<Unit> atWork) {

    public Setting {
        suggested = List.copyOf(suggested);
        atWork = List.copyOf(atWork);
    }

    public Setting(Procedure procedure, String within) {
        this(procedure, within, List.of(), List.of());
    }
}
