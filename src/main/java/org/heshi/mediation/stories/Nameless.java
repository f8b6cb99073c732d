package org.heshi.mediation.stories;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Readings;

/** A story names nobody. This finds what the case itself tells of its people; whoever writes it answers for the rest. */
final class Nameless {

    /** Telephone, identity and account numbers, and numbers of matters. */
    private static final Pattern NUMBER = Pattern.compile("[0-9０-９][0-9０-９Xx -]{5,}[0-9０-９Xx]");

    private Nameless() {
    }

    /** Nothing is found where names cannot be read: that is no proof that there are none. */
    static List<Refusal> unchecked(Collection<Integer> principals, Collection<Readings.Somebody> people) {
        boolean all = !principals.isEmpty() && principals.stream().allMatch(party -> people.stream().anyMatch(one -> one.party() == party && !one.contact("name").isBlank()));
        return all ? List.of() : List.of(Refusal.of("mediation-stories-unchecked"));
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
