package org.heshi.privacy.keeping;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings.Erased;

/**
 * What who watches over keeping and erasing sees.
 *
 * @param on    whether what is due is ended, or only listed
 * @param until the last day that the list covers
 */
public record KeepingPage(boolean on, Optional<Round> round, LocalDate until, List<Line> due, boolean more, List<Held> holds, List<Gone> erased, List<Opened> openings,
        HoldForm form, List<Refusal> refusals) {

    public record Line(String number, Bilingual kind, boolean erase, LocalDate on, boolean held) {
    }

    public record Held(UUID id, String number, String ground, String paper, Optional<LocalDate> until, java.time.Instant at, String unit, boolean over) {
    }

    public record Opened(String number, java.time.Instant at, String unit, String reason, String paper) {
    }

    /** @param rule in words */
    public record Gone(Erased erased, String rule) {
    }

    public List<String> grounds() {
        return Holds.GROUNDS;
    }
}
