package org.heshi.mediation.papers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * The papers of a case as its committee sees them.
 *
 * @param taken     whether the case was taken up; before that there are none
 * @param erased    whether the matter was erased, and all papers with it
 * @param partly    whether papers went because a part of the matter was erased
 * @param caseNumber as it is printed; may be empty
 * @param ready     how many that the file needs could be issued now
 * @param missing   names of what the file needs and nobody wrote yet
 * @param ended     whether the mediation is over and the file may be bound
 * @param retention chosen or offered first
 */
public record PapersPage(MatterNumber number, boolean taken, boolean erased, boolean partly, String caseNumber, List<Line> lines, int ready, List<String> missing, boolean ended, List<Bound> bound,
        String retention, String note, List<Refusal> refusals) {

    public PapersPage {
        lines = List.copyOf(lines);
        missing = List.copyOf(missing);
        bound = List.copyOf(bound);
        refusals = List.copyOf(refusals);
    }

    /**
     * @param state {@code issued}, {@code erased}, {@code ready}, {@code missing} or {@code possible}
     * @param scans pictures that are bound in behind it
     */
    public record Line(String title, String kind, int about, String state, boolean fillable, Optional<Issued> issued, int scans) {

        public String tone() {
            return switch (state) {
                case "issued" -> "good";
                case "ready" -> "active";
                case "missing" -> "warn";
                default -> "plain";
            };
        }
    }

    public record Issued(UUID id, int version, Optional<String> number, Instant at, int pages) {
    }

    public record Bound(UUID id, Instant at, int pages, String sha256) {
    }

    public String here() {
        return "/mediation/" + number.digits() + "/papers";
    }
}
