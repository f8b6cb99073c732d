package org.heshi.statistics.bulletin;

import java.util.List;
import java.util.Optional;
import org.heshi.kernel.Refusal;
import org.heshi.statistics.reports.Report;

/**
 * One bulletin: a draft as its writer works on it, or what was released.
 *
 * @param title    as the paper has it
 * @param called   which one, or that it is a draft
 * @param told     of a draft: what the figures say; of a released one nothing, the paper says it
 * @param digest   of these figures
 * @param replaces of a draft: number of the one whose place it would take
 * @param former   of a draft of a place that stands no more: that it is one; else empty
 */
public record BulletinPage(Bulletin bulletin, String title, String called, BulletinForm form, List<String> told, Optional<Report> report, String counted, String digest, String replaces,
        String former, List<Refusal> refusals) {

    public BulletinPage {
        told = List.copyOf(told);
        refusals = List.copyOf(refusals);
    }

    public record Choice(String value, String label) {
    }

    /** A line of the list. */
    public record Line(String href, String pdf, String title, String called, String released) {
    }
}
