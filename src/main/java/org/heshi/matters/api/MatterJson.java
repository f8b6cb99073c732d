package org.heshi.matters.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.view.MatterViews.ClockView;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;
import org.jspecify.annotations.Nullable;

/**
 * A matter as its reporter reads it, or as somebody in the program's post does: then also how it stands between offices and what was written. Never a name or a contact.
 *
 * @param number  13 digits
 * @param as      {@code reporter} or {@code staff}
 * @param says    what the state means for the reporter
 * @param due     the last instant that is in time for the limit that is due first
 * @param answer  the newest one; null when there is none or it was erased
 * @param history oldest first, only what who reads is meant to read
 * @param work    null for a reporter
 */
record MatterJson(String number, String as, String kind, String state, Bilingual stateTitle, Bilingual says, boolean closed, @Nullable String outcome,
        Instant reportedAt, @Nullable Instant closedAt, @Nullable Instant due, @Nullable String answer, List<Entry> history, @Nullable Work work) {

    static final String REPORTER = "reporter";
    static final String STAFF = "staff";
    private static final List<String> LEVELS = List.of("blue", "yellow", "red");

    record Entry(int seq, String action, Bilingual says, Instant at, @Nullable String unit, List<Said> said) {
    }

    /** @param value null when it was erased by law */
    record Said(String field, Bilingual label, @Nullable String value) {
    }

    /**
     * @param version of the matter, as in the ETag
     * @param turn    whose turn it is
     * @param words   newest words by field
     */
    record Work(int version, String turn, String level, @Nullable String category, String channel, String place, String placeName, @Nullable String desk,
            @Nullable String lead, List<String> helpers, @Nullable String order, Map<String, String> words, List<Limit> limits) {
    }

    /** @param paused whether it stands still now */
    record Limit(String name, Bilingual title, @Nullable String unit, Instant due, boolean over, boolean paused) {
    }

    static MatterJson asReporter(MatterView matter, List<HistoryItem> history) {
        return of(matter, history, REPORTER, null);
    }

    static MatterJson asStaff(MatterView matter, List<HistoryItem> history) {
        Work work = new Work(matter.version(), matter.state().turn().code(), LEVELS.get(matter.level()), matter.category().orElse(null), matter.channel(), matter.division(),
                matter.placeName(), name(matter.desk()), name(matter.lead()), matter.helpers().stream().map(Unit::name).toList(), matter.orderNumber().orElse(null),
                matter.words(), matter.clocks().stream().map(clock -> new Limit(clock.name(), clock.title(), clock.unit().orElse(null), clock.lastAt(), clock.left().over(),
                        clock.paused().isPresent() || clock.resting())).toList());
        return of(matter, history, STAFF, work);
    }

    private static @Nullable String name(Optional<Unit> unit) {
        return unit.map(Unit::name).orElse(null);
    }

    private static MatterJson of(MatterView matter, List<HistoryItem> history, String as, @Nullable Work work) {
        Procedure.State state = matter.state();
        String answer = matter.word("answer");
        return new MatterJson(matter.number().digits(), as, matter.procedure().kind(), state.name(), state.title(), state.says(), matter.closed(),
                matter.outcome().orElse(null), matter.recordedAt(), matter.closedAt().orElse(null),
                matter.clocks().stream().findFirst().map(ClockView::lastAt).orElse(null), answer.isEmpty() ? null : answer,
                history.stream().map(MatterJson::entry).toList(), work);
    }

    private static Entry entry(HistoryItem item) {
        return new Entry(item.seq(), item.action(), item.says(), item.occurred().orElse(item.recorded()), item.actor().unit().orElse(null),
                item.shown().stream().map(shown -> new Said(shown.field(), shown.label(), shown.erased() ? null : shown.value())).toList());
    }
}
