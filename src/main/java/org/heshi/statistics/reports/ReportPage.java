package org.heshi.statistics.reports;

import java.util.List;
import java.util.Optional;

/**
 * A standard report with what leads to others.
 *
 * @param counted as of when, in words
 * @param notes   keys of messages that say what was corrected
 * @param places  that may be chosen; none for who watches no place
 * @param lengths day, week, month, quarter; the one that is shown leads nowhere
 * @param next    empty while the period is not over
 */
public record ReportPage(Report report, String counted, List<String> notes, List<Choice> places, List<Step> lengths, Step before, Optional<Step> next, String pdf, String xlsx) {

    public ReportPage {
        notes = List.copyOf(notes);
        places = List.copyOf(places);
        lengths = List.copyOf(lengths);
    }

    public record Step(String label, String href) {
    }

    public record Choice(String value, String label) {
    }
}
