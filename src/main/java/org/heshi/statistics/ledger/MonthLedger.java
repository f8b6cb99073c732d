package org.heshi.statistics.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterRows;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.CountsAs;
import org.heshi.statistics.Figures.Measure;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Whose;
import org.heshi.statistics.board.Words;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Finds what a month's ledger lists: exactly what the figures count, as far as who looks may see it. */
@Component
class MonthLedger {

    private static final List<String> LEVELS = List.of("blue", "yellow", "red");

    private final Figures figures;
    private final MatterRows matters;
    private final Directory directory;
    private final Divisions divisions;
    private final Categories categories;
    private final MessageSource messages;

    MonthLedger(Figures figures, MatterRows matters, Directory directory, Divisions divisions, Categories categories, MessageSource messages) {
        this.figures = figures;
        this.matters = matters;
        this.directory = directory;
        this.divisions = divisions;
        this.categories = categories;
        this.messages = messages;
    }

    /** @param today the last day of a month that is not over */
    record Asked(Whose whose, YearMonth month, Measure part, LocalDate today) {

        Question question() {
            LocalDate end = month.atEndOfMonth();
            return new Question(whose, month.atDay(1), end.isAfter(today) ? today : end, Only.ALL, List.of(), Question.Cut.TODAY);
        }
    }

    long counted(Asked asked) {
        var total = figures.ask(asked.question()).total();
        return switch (asked.part()) {
            case CLOSED -> total.closed();
            case OPEN -> total.open();
            default -> total.received();
        };
    }

    /** The newest first. */
    Page<LedgerPage.Line> lines(Asked asked, Optional<String> after, int size, Locale locale) {
        Words words = new Words(messages, locale);
        Page<CountsAs> found = figures.list(asked.question(), asked.part(), after, size);
        Map<UUID, MatterRows.Named> named = matters.named(found.rows().stream().map(CountsAs::matter).toList());
        Map<UUID, Unit> units = directory.units(found.rows().stream().flatMap(life -> life.lead().stream()).distinct().toList());
        Map<String, String> places = divisions.namesEver(found.rows().stream().map(CountsAs::place).distinct().toList());
        Map<String, MatterRows.Kind> kinds = new HashMap<>();
        matters.kinds().forEach(kind -> kinds.put(kind.code(), kind));
        Map<String, String> paths = new HashMap<>();
        return new Page<>(found.rows().stream().filter(life -> named.containsKey(life.matter())).map(life -> {
            MatterRows.Named name = Objects.requireNonNull(named.get(life.matter()));
            String category = life.category().isEmpty() ? words.t("figures.no-category")
                    : paths.computeIfAbsent(life.category(), code -> categories.path(code, locale));
            String limit = life.closed().isPresent() ? life.late() ? "late" : "kept" : name.over() ? "over" : "running";
            return new LedgerPage.Line(name.number().digits(), name.number().shown(), day(life.came()), name.kind().in(locale), category,
                    life.channel().isEmpty() ? words.t("figures.no-channel") : words.code("matters.channel.", life.channel()), LEVELS.get(life.level()),
                    places.getOrDefault(life.place(), life.place()), life.lead().map(units::get).map(Unit::name).orElse("—"), name.state().in(locale), name.closed(),
                    life.closed().map(MonthLedger::day).orElse(""), outcome(life, kinds, words), limit);
        }).toList(), found.next());
    }

    private static String day(Instant at) {
        return CivilTime.dateOf(at).toString();
    }

    private static String outcome(CountsAs life, Map<String, MatterRows.Kind> kinds, Words words) {
        return life.outcome().isEmpty() ? "" : Optional.ofNullable(kinds.get(life.kind())).map(kind -> kind.outcomes().get(life.outcome()))
                .or(() -> kinds.values().stream().flatMap(kind -> Optional.ofNullable(kind.outcomes().get(life.outcome())).stream()).findFirst())
                .map(said -> said.in(words.locale())).orElse(life.outcome());
    }
}
