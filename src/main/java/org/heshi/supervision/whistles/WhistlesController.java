package org.heshi.supervision.whistles;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.kernel.Page;
import org.heshi.matters.Entries;
import org.heshi.matters.Entries.Said;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MatterRows.Row;
import org.heshi.supervision.register.Marks;
import org.heshi.supervision.register.Marks.Line;
import org.heshi.supervision.watch.Tabs;
import org.heshi.supervision.watch.Watched;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All whistles of a place, the newest first: each with the departments that it called, how they stand and how they were rated. */
@Controller
class WhistlesController {

    private static final int PAGE = 30;
    private static final String RATED = "rate-department";

    private final Marks marks;
    private final MatterRows matters;
    private final Entries entries;
    private final InstantSource clock;

    WhistlesController(Marks marks, MatterRows matters, Entries entries, InstantSource clock) {
        this.marks = marks;
        this.matters = matters;
        this.entries = entries;
        this.clock = clock;
    }

    @GetMapping("/supervision/whistles")
    String list(@RequestParam(defaultValue = "") String after, Model model) {
        Page<Line> found = marks.all(Watched.place(), "whistled", true, after, PAGE);
        Map<UUID, Row> rows = matters.rows(found.rows().stream().flatMap(line -> Stream.concat(Stream.of(line.matter()), line.origin().stream())).distinct().toList())
                .stream().collect(Collectors.toMap(Row::id, Function.identity()));
        Instant now = clock.instant();
        Map<UUID, List<WhistleGroup.Call>> calls = new LinkedHashMap<>();
        for (Line line : found.rows()) {
            Row row = rows.get(line.matter());
            if (row != null) {
                calls.computeIfAbsent(line.origin().orElseThrow(), _ -> new ArrayList<>()).add(new WhistleGroup.Call(row, line.at(), row.dueAt().map(due ->
                        due.minusSeconds(1)), row.dueAt().filter(due -> !now.isBefore(due)).isPresent(), row.closed() ? rating(row.id()) : Optional.empty()));
            }
        }
        model.addAttribute("tabs", Tabs.of("whistles"));
        model.addAttribute("groups", calls.entrySet().stream().map(group -> new WhistleGroup(Optional.ofNullable(rows.get(group.getKey())), group.getValue())).toList());
        model.addAttribute("next", found.next().map(key -> "/supervision/whistles?after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/supervision/whistles");
        return "supervision/whistles/page";
    }

    /** What the town said of the department last, in words. */
    private Optional<String> rating(UUID whistle) {
        return entries.of(whistle).reversed().stream().filter(entry -> entry.action().equals(RATED)).findFirst()
                .map(entry -> entry.said().stream().map(Said::value).filter(value -> !value.isEmpty()).collect(Collectors.joining(" · ")));
    }
}
