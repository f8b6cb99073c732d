package org.heshi.statistics.ledger;

import java.util.List;

/**
 * A page of the ledger of a month.
 *
 * @param month   as addresses have it
 * @param called  as people say it
 * @param soFar   whether the month is not over
 * @param part    what is listed: {@code received}, {@code closed} or {@code open}
 * @param counted how many the figures count
 * @param missing on the last page: how many are counted and not listed (fewer than none: listed and not counted yet)
 * @param files   whether the post may take lists out
 */
public record LedgerPage(String name, String place, String month, String called, boolean soFar, String part, List<String> notes, List<Choice> places, List<Line> lines, long counted,
        long missing, String next, String first, boolean files, String xlsx, String csv) {

    public LedgerPage {
        notes = List.copyOf(notes);
        places = List.copyOf(places);
        lines = List.copyOf(lines);
    }

    public record Choice(String value, String label) {
    }

    /**
     * A matter. Everything in the reader's words.
     *
     * @param level {@code blue}, {@code yellow}, {@code red}
     * @param limit {@code kept}, {@code late}, {@code over} (open, and one is over), {@code running}
     */
    public record Line(String digits, String number, String came, String kind, String category, String channel, String level, String place, String lead, String state, boolean ended,
            String closed, String outcome, String limit) {
    }
}
