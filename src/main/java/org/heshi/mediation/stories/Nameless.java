package org.heshi.mediation.stories;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.kernel.Refusal;

/** A story names nobody. This finds what the case itself tells of its people; whoever writes it answers for the rest. */
final class Nameless {

    /** Telephone, identity and account numbers, and numbers of matters. */
    private static final Pattern NUMBER = Pattern.compile("[0-9０-９][0-9０-９Xx -]{5,}[0-9０-９Xx]");

    private Nameless() {
    }

    /**
     * @param contacts names, numbers and addresses of those whom the case concerns
     * @param places   names of its places
     */
    static List<Refusal> refusals(String field, String words, Collection<String> contacts, Collection<String> places) {
        List<Refusal> refusals = new ArrayList<>();
        contacts.stream().map(String::strip).filter(one -> one.length() >= 2 && words.contains(one)).findFirst()
                .ifPresent(_ -> refusals.add(Refusal.at(field, "mediation-stories-name")));
        places.stream().map(String::strip).filter(one -> one.length() >= 2 && words.contains(one)).findFirst()
                .ifPresent(place -> refusals.add(Refusal.at(field, "mediation-stories-place", place)));
        Matcher number = NUMBER.matcher(words);
        if (number.find()) {
            refusals.add(Refusal.at(field, "mediation-stories-number", number.group()));
        }
        return refusals;
    }
}
