package org.heshi.matters.rights;

import java.util.List;
import java.util.Optional;
import org.heshi.access.AccessTable.Field;
import org.heshi.kernel.Bilingual;

/**
 * The access table as its page shows it.
 *
 * @param fields   the columns
 * @param sections lines under the headings of the file
 * @param doors    who is let in to which pages
 * @param who      the roles that may be chosen
 * @param chosen   the one that was; empty for all
 */
public record AccessPage(List<Field> fields, List<Section> sections, List<Door> doors, List<String> who, String chosen) {

    public AccessPage {
        fields = List.copyOf(fields);
        sections = List.copyOf(sections);
        doors = List.copyOf(doors);
        who = List.copyOf(who);
    }

    public record Section(String id, Bilingual title, List<Line> lines) {

        public Section {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param who    message keys of the roles
     * @param stands message keys of how they stand to the matter
     * @param kinds  message keys of groups
     * @param cells  in the order of the columns; empty where there is nothing
     */
    public record Line(List<String> who, List<String> stands, List<String> kinds, List<Optional<Shown>> cells, Bilingual why) {

        public Line {
            who = List.copyOf(who);
            stands = List.copyOf(stands);
            kinds = List.copyOf(kinds);
            cells = List.copyOf(cells);
        }

        public boolean nothing() {
            return cells.stream().allMatch(Optional::isEmpty);
        }
    }

    /** @param who message keys of the roles */
    public record Door(String address, List<String> who, Bilingual why) {

        public Door {
            who = List.copyOf(who);
        }
    }

    /** @param words message keys of what may be done */
    public record Shown(List<String> words) {

        public Shown {
            words = List.copyOf(words);
        }
    }
}
