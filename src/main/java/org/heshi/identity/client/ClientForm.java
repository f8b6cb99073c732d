package org.heshi.identity.client;

import java.util.List;

/** A new program as it was typed. @param unit id of the unit */
public record ClientForm(String name, String unit, List<String> scopes) {

    public ClientForm {
        name = name == null ? "" : name;
        unit = unit == null ? "" : unit;
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
    }
}
