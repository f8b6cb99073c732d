package org.heshi.search.page;

import java.util.List;
import java.util.OptionalInt;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows.Row;
import org.heshi.search.index.Snippet;

/**
 * The search as the page shows it: what was typed, what may be chosen, what was found.
 *
 * @param asked      whether anything was asked
 * @param rebuilding percent, while the index is being made anew
 * @param next       address of the next page, empty when there is none
 * @param first      address of the first page, empty on it
 */
public record SearchPage(Typed typed, List<Option> kinds, List<Option> states, List<Option> categories, List<Option> places, boolean asked,
        List<Found> found, OptionalInt rebuilding, String next, String first, List<Refusal> refusals) {

    public SearchPage {
        kinds = List.copyOf(kinds);
        states = List.copyOf(states);
        categories = List.copyOf(categories);
        places = List.copyOf(places);
        found = List.copyOf(found);
        refusals = List.copyOf(refusals);
    }

    /** As it stands in the address. */
    public record Typed(String q, String kind, String state, String category, String level, String place, String closed, String from, String to,
            String sort) {

        public boolean filters() {
            return !(kind + state + category + level + place + closed + from + to).isEmpty();
        }
    }

    public record Option(String value, Bilingual label) {
    }

    /** @param words the piece of the description, the answer or the place in which it was found */
    public record Found(Row row, Snippet title, Snippet words) {

        private static final List<String> LEVELS = List.of("blue", "yellow", "red");

        public String href() {
            return "/matters/" + row.number().digits();
        }

        public String level() {
            return LEVELS.get(row.level());
        }
    }
}
