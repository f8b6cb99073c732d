package org.heshi.directory.units;

import java.util.Objects;

/** What an administrator types about a unit. The picked ones are codes or ids of what a name turned out to mean. */
public record UnitForm(String name, String type, String division, String divisionPicked, String parent, String parentPicked) {

    public static final UnitForm EMPTY = new UnitForm("", "", "", "", "", "");

    public UnitForm {
        name = Objects.requireNonNullElse(name, "");
        type = Objects.requireNonNullElse(type, "");
        division = Objects.requireNonNullElse(division, "");
        divisionPicked = Objects.requireNonNullElse(divisionPicked, "");
        parent = Objects.requireNonNullElse(parent, "");
        parentPicked = Objects.requireNonNullElse(parentPicked, "");
    }
}
