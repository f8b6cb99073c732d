package org.heshi.privacy.incidents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.Refusal;

/** @param missing what PIPL 57 asks to be told and nobody has written yet */
public record IncidentPage(String id, String title, Instant foundAt, Instant at, String unit, List<Line> notes, List<String> missing, Duration since, NoteForm form,
        List<Refusal> refusals) {

    /** @param hours from when the breach was found until this was done */
    public record Line(String what, String words, Instant when, long hours, String unit) {
    }

    /** A line of the list. */
    public record Short(String id, String title, Instant foundAt, boolean closed, List<String> missing) {
    }

    public List<String> what() {
        return Incidents.NOTES;
    }

    public Optional<Line> newest(String what) {
        return notes.stream().filter(line -> line.what().equals(what)).reduce((_, later) -> later);
    }
}
