package org.heshi.matters.api;

import java.time.Instant;
import java.util.List;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.view.MatterViews.ClockView;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;
import org.jspecify.annotations.Nullable;

/**
 * A matter as its reporter reads it.
 *
 * @param number  13 digits
 * @param says    what the state means for the reporter
 * @param due     the last instant that is in time for the limit that is due first
 * @param answer  the newest one; null when there is none or it was erased
 * @param history oldest first, only what the reporter is meant to read
 */
record MatterJson(String number, String kind, String state, Bilingual stateTitle, Bilingual says, boolean closed, @Nullable String outcome,
        Instant reportedAt, @Nullable Instant closedAt, @Nullable Instant due, @Nullable String answer, List<Entry> history) {

    record Entry(int seq, String action, Bilingual says, Instant at, @Nullable String unit, List<Said> said) {
    }

    /** @param value null when it was erased by law */
    record Said(String field, Bilingual label, @Nullable String value) {
    }

    static MatterJson of(MatterView matter, List<HistoryItem> history) {
        Procedure.State state = matter.state();
        String answer = matter.word("answer");
        return new MatterJson(matter.number().digits(), matter.procedure().kind(), state.name(), state.title(), state.says(), matter.closed(),
                matter.outcome().orElse(null), matter.recordedAt(), matter.closedAt().orElse(null),
                matter.clocks().stream().findFirst().map(ClockView::lastAt).orElse(null), answer.isEmpty() ? null : answer,
                history.stream().map(MatterJson::entry).toList());
    }

    private static Entry entry(HistoryItem item) {
        return new Entry(item.seq(), item.action(), item.says(), item.occurred().orElse(item.recorded()), item.actor().unit().orElse(null),
                item.shown().stream().map(shown -> new Said(shown.field(), shown.label(), shown.erased() ? null : shown.value())).toList());
    }
}
