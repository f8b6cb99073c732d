package org.heshi.mediation.roster;

import java.util.List;
import java.util.Objects;

/** What is typed about a mediator. @param languages separated by commas or blanks */
public record MediatorForm(String standing, String woman, List<String> skills, String languages, String most, String termFrom, String termTo, String listed,
        String works) {

    public MediatorForm {
        standing = Objects.requireNonNullElse(standing, "");
        woman = Objects.requireNonNullElse(woman, "");
        skills = skills == null ? List.of() : List.copyOf(skills);
        languages = Objects.requireNonNullElse(languages, "");
        most = Objects.requireNonNullElse(most, "");
        termFrom = Objects.requireNonNullElse(termFrom, "");
        termTo = Objects.requireNonNullElse(termTo, "");
        listed = Objects.requireNonNullElse(listed, "");
        works = Objects.requireNonNullElse(works, "");
    }

    static MediatorForm blank() {
        return new MediatorForm("member", "", List.of(), "普通话", "10", "", "", "", "true");
    }

    static MediatorForm of(Entry entry) {
        return new MediatorForm(entry.standing(), entry.woman() ? "true" : "", entry.skills(), String.join("、", entry.languages()), Integer.toString(entry.most()),
                entry.termFrom().map(Object::toString).orElse(""), entry.termTo().map(Object::toString).orElse(""), entry.listed() ? "true" : "",
                entry.works() ? "true" : "");
    }
}
