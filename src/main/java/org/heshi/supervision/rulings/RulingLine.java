package org.heshi.supervision.rulings;

import java.util.Optional;
import java.util.UUID;
import org.heshi.matters.MatterRows.Row;
import org.heshi.supervision.register.Marks;

/** A ruling in the list. @param kept the rule that was made of it and still holds */
public record RulingLine(Marks.Line line, Row matter, String lead, String by, Optional<UUID> kept) {

    public String href() {
        return "/supervision/rulings/" + matter.number().digits() + "/" + line.seq();
    }
}
