package org.heshi.matters;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Actor;

/** What another program may read of a matter, for the rooms that speak to programs. */
public interface MattersForPrograms {

    /**
     * The matter as it stands at {@code /api/v1/matters/{number}}; its type is of no concern to others, it is written as JSON. Read in the program's post it is noted as
     * looked at. Empty when there is none that it may see.
     */
    Optional<Object> find(Actor.Client client, String number);

    /** Kinds in which a program does nothing and is sent nothing: there nothing but people sit at the table. */
    Set<String> PEOPLES_KINDS = Set.of("dispute", "petition", "rights");

    /** JSON Schema (2020-12) of what a report may hold. */
    Map<String, Object> reporting(Locale locale);
}
