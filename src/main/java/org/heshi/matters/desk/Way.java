package org.heshi.matters.desk;

import java.util.Map;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.procedure.Procedure;

/** The two ways in which staff make a matter: what somebody told them, and what they found on a round and settled there (decision 0026). */
public enum Way {

    WINDOW("/desk/register", Procedure.INTAKE, "register", "matters.desk"),
    ROUND("/desk/round", "grid-event", "settle-found", "matters.round");

    private final String address;
    private final String kind;
    private final String action;
    private final String words;

    Way(String address, String kind, String action, String words) {
        this.address = address;
        this.kind = kind;
        this.action = action;
        this.words = words;
    }

    public String address() {
        return address;
    }

    String kind() {
        return kind;
    }

    String action() {
        return action;
    }

    /** Key of a message of its page. */
    public String words(String which) {
        return words + "." + which;
    }

    /** Whether there is somebody who told it, and takes number and code home. */
    public boolean told() {
        return this == WINDOW;
    }

    Act act(Map<String, Object> input, String key) {
        return this == WINDOW ? Act.report(action, input, key) : Act.found(kind, action, input, key);
    }
}
