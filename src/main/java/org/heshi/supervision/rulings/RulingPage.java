package org.heshi.supervision.rulings;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.matters.Entries.Entry;
import org.heshi.matters.MatterRows.Row;
import org.heshi.supervision.register.Marks;

/**
 * A ruling, and keeping it as a rule.
 *
 * @param categories for which the rule may be made, the narrowest first
 * @param places     likewise
 * @param mayKeep    whether who looks may keep it
 * @param kept       the rule that was made of it and still holds
 */
public record RulingPage(Marks.Line line, Row matter, Entry entry, String lead, List<String> helpers, List<Choose> categories, List<Choose> places,
        String category, String place, boolean mayKeep, Optional<UUID> kept) {

    public RulingPage {
        helpers = List.copyOf(helpers);
        categories = List.copyOf(categories);
        places = List.copyOf(places);
    }

    public record Choose(String code, String name) {
    }

    public String href() {
        return "/supervision/rulings/" + matter.number().digits() + "/" + line.seq();
    }
}
