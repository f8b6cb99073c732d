package org.heshi.supervision.month;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Csv;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterRows;
import org.heshi.supervision.register.Marks.Listed;
import org.heshi.supervision.register.Marks;
import org.heshi.supervision.watch.Tabs;
import org.heshi.supervision.watch.Watched;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The monthly scheduling list: what a centre goes through once a month, and why each matter is on it. */
@Controller
class MonthController {

    private static final int PAGE = 50;
    private static final int MOST = 20_000;

    private final Marks marks;
    private final MatterRows matters;
    private final Divisions divisions;
    private final MessageSource messages;
    private final InstantSource clock;

    MonthController(Marks marks, MatterRows matters, Divisions divisions, MessageSource messages, InstantSource clock) {
        this.marks = marks;
        this.matters = matters;
        this.divisions = divisions;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/supervision/month")
    String month(@RequestParam(defaultValue = "") String month, @RequestParam(defaultValue = "") String after, Model model) {
        Watched.Place place = Watched.place();
        YearMonth asked = CivilTime.monthUpTo(clock.instant(), month);
        Page<MonthLine> page = lines(place, asked, key(after), PAGE);
        String here = "/supervision/month?month=" + asked;
        model.addAttribute("tabs", Tabs.of("month"));
        model.addAttribute("month", asked.toString());
        model.addAttribute("place", name(place));
        model.addAttribute("lines", page.rows());
        model.addAttribute("next", page.next().map(key -> here + "&after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : here);
        model.addAttribute("earlier", asked.isAfter(CivilTime.FIRST_MONTH) ? "/supervision/month?month=" + asked.minusMonths(1) : "");
        model.addAttribute("later", asked.isBefore(YearMonth.from(CivilTime.dateOf(clock.instant()))) ? "/supervision/month?month=" + asked.plusMonths(1) : "");
        return "supervision/month/page";
    }

    @GetMapping("/supervision/month.csv")
    void csv(@RequestParam(defaultValue = "") String month, Locale locale, HttpServletResponse response) throws IOException {
        Watched.Place place = Watched.takenOut();
        YearMonth asked = CivilTime.monthUpTo(clock.instant(), month);
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"month-" + asked + ".csv\"");
        Writer out = response.getWriter();
        out.write(Csv.BYTE_ORDER_MARK);
        out.write(Csv.line(List.of(said("supervision.month.number", locale), said("supervision.month.what", locale), said("supervision.month.kind", locale),
                said("supervision.month.place", locale), said("supervision.month.lead", locale), said("supervision.state", locale),
                said("supervision.month.why", locale))));
        String after = "";
        int written = 0;
        do {
            Page<MonthLine> page = lines(place, asked, after, 200);
            for (MonthLine line : page.rows()) {
                out.write(Csv.line(List.of(line.matter().number().shown(), line.matter().title(), line.matter().kind().in(locale), line.matter().place(),
                        line.matter().lead().orElse(""), line.matter().state().in(locale), line.why().stream().map(why -> said("supervision.why." + why, locale,
                        line.returns())).collect(Collectors.joining(said("supervision.semicolon", locale))))));
            }
            written += page.rows().size();
            after = page.next().orElse("");
        } while (!after.isEmpty() && written < MOST);
        out.write(Csv.line(List.of(said("supervision.month.csv-note", locale, name(place), asked.toString()))));
    }

    private Page<MonthLine> lines(Watched.Place place, YearMonth month, String after, int size) {
        Instant from = CivilTime.startOf(month.atDay(1));
        Page<Listed> found = marks.between(place, from, CivilTime.startOf(month.plusMonths(1).atDay(1)), after, size);
        Map<UUID, MatterRows.Row> rows = matters.rows(found.rows().stream().map(Listed::matter).toList()).stream()
                .collect(Collectors.toMap(MatterRows.Row::id, Function.identity()));
        return new Page<>(found.rows().stream().filter(listed -> rows.containsKey(listed.matter()))
                .map(listed -> new MonthLine(rows.get(listed.matter()), new ArrayList<>(listed.why()), listed.returns())).toList(), found.next());
    }

    private static String key(String typed) {
        return Ids.find(typed).isPresent() ? typed : "";
    }

    private String name(Watched.Place place) {
        return divisions.find(place.division()).map(Division::name).orElse(place.division());
    }

    private String said(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
