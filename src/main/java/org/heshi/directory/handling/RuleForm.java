package org.heshi.directory.handling;

import java.util.Objects;

/** What an administrator types about a rule. An empty category means any. */
public record RuleForm(String category, String categoryPicked, String place, String placePicked, String lead, String leadPicked,
        String helper1, String helper1Picked, String helper2, String helper2Picked, String helper3, String helper3Picked) {

    public static final RuleForm EMPTY = new RuleForm("", "", "", "", "", "", "", "", "", "", "", "");

    public RuleForm {
        category = Objects.requireNonNullElse(category, "");
        categoryPicked = Objects.requireNonNullElse(categoryPicked, "");
        place = Objects.requireNonNullElse(place, "");
        placePicked = Objects.requireNonNullElse(placePicked, "");
        lead = Objects.requireNonNullElse(lead, "");
        leadPicked = Objects.requireNonNullElse(leadPicked, "");
        helper1 = Objects.requireNonNullElse(helper1, "");
        helper1Picked = Objects.requireNonNullElse(helper1Picked, "");
        helper2 = Objects.requireNonNullElse(helper2, "");
        helper2Picked = Objects.requireNonNullElse(helper2Picked, "");
        helper3 = Objects.requireNonNullElse(helper3, "");
        helper3Picked = Objects.requireNonNullElse(helper3Picked, "");
    }
}
