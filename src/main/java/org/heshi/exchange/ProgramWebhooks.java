package org.heshi.exchange;

import java.net.URI;
import java.util.Set;
import org.heshi.identity.Programs;

/** Enters webhooks of programs for the program's own parts, as the administrator who acts; people do it on {@code /admin/webhooks}. */
public interface ProgramWebhooks {

    /**
     * Told of what the program reported and of what its unit holds, and paused: nothing is sent before a person takes it up. Where the program has one with the same address for the
     * same events, nothing is done.
     */
    boolean enter(Programs.Program program, URI target, Set<String> events);
}
