package org.heshi.privacy.rights;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.matters.Parts;
import org.jspecify.annotations.Nullable;

/**
 * What is chosen to go, and why the rest stays.
 *
 * @param gone places as {@link #value} writes them
 * @param whose number of the party whose request it is, where several are possible; 0: not chosen
 * @param sure that it is known that nothing brings it back
 */
public record PartForm(@Nullable List<String> gone, @Nullable String why, @Nullable String words, @Nullable Integer whose, @Nullable Boolean sure) {

    private static final Pattern PLACE = Pattern.compile("([0-9]{1,6})/([a-z0-9-]{1,60})/([0-9]{1,4})");

    public PartForm {
        gone = List.copyOf(Objects.requireNonNullElse(gone, List.of()));
        why = Objects.requireNonNullElse(why, "");
        words = Objects.requireNonNullElse(words, "").strip();
        whose = Objects.requireNonNullElse(whose, 0);
        sure = Boolean.TRUE.equals(sure);
    }

    static PartForm blank() {
        return new PartForm(List.of(), "", "", 0, false);
    }

    static String value(Parts.Place place) {
        return place.seq() + "/" + place.field() + "/" + place.ordinal();
    }

    /** Empty when one of them is no place. */
    Optional<Set<Parts.Place>> places() {
        Set<Parts.Place> places = new LinkedHashSet<>();
        for (String one : Objects.requireNonNull(gone)) {
            Matcher place = PLACE.matcher(one);
            if (!place.matches()) {
                return Optional.empty();
            }
            places.add(new Parts.Place(Integer.parseInt(place.group(1)), place.group(2), Integer.parseInt(place.group(3))));
        }
        return Optional.of(places);
    }
}
