package org.heshi.statistics.targets;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Post;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.Answer;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Whose;
import org.heshi.statistics.board.Meanings;
import org.heshi.statistics.board.RatesSaid;
import org.heshi.statistics.board.Table;
import org.heshi.statistics.board.Table.Cell;
import org.heshi.statistics.board.Table.Head;
import org.heshi.statistics.board.Words;
import org.heshi.statistics.reports.MakeReport;
import org.heshi.statistics.reports.Rates;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Makes the sheet of a unit. Its figures are asked for as the program itself, once who looks is known to be allowed: the unit and those above it read the same numbers, and
 * nothing is in them from which somebody is barred.
 */
@Component
class TargetSheets {

    private static final Actor.Machine SELF = new Actor.Machine("targets");

    private final Goals goals;
    private final Figures figures;
    private final Directory directory;
    private final MessageSource messages;
    private final RatesSaid said;
    private final Meanings meanings;
    private final InstantSource clock;

    TargetSheets(Goals goals, Figures figures, Directory directory, MessageSource messages, RatesSaid said, Meanings meanings, InstantSource clock) {
        this.goals = goals;
        this.figures = figures;
        this.directory = directory;
        this.messages = messages;
        this.said = said;
        this.meanings = meanings;
        this.clock = clock;
    }

    /** The newest of each figure that has one, withdrawn ones too. */
    static Map<GoalFigure, Goal> newest(List<Goal> all) {
        Map<GoalFigure, Goal> newest = new EnumMap<>(GoalFigure.class);
        all.forEach(goal -> newest.merge(goal.figure(), goal, (one, other) -> one.version() > other.version() ? one : other));
        return newest;
    }

    TargetSheet sheet(Unit unit, int year, boolean sets, boolean mine, GoalForm form, List<Refusal> refusals, Locale locale) {
        Words words = new Words(messages, locale);
        LocalDate today = CivilTime.dateOf(clock.instant());
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate last = today.getYear() > year ? LocalDate.of(year, 12, 31) : today;
        boolean ahead = first.isAfter(today);
        Question question = new Question(new Whose.Unit(unit.id()), first, ahead ? first : last, Only.ALL, List.of(By.MONTH), Question.Cut.TODAY);
        List<Answer> answers = ahead ? List.of() : Acting.as(SELF, () -> figures.ask(List.of(question, question.only(Only.ALL.outcome("reopened")))));
        Map<String, Rates> months = months(answers);
        Rates whole = ahead ? new Rates(Measures.NOTHING, 0, said) : new Rates(answers.get(0).total(), answers.get(1).total().closed(), said);
        List<Goal> all = goals.of(unit.id(), year);
        Map<GoalFigure, Goal> newest = newest(all);
        List<TargetSheet.Line> lines = new ArrayList<>();
        for (GoalFigure figure : GoalFigure.values()) {
            Optional.ofNullable(newest.get(figure)).filter(goal -> goal.goal().isPresent()).ifPresent(goal -> lines.add(line(goal, months, whole, ahead ? 0
                    : today.getYear() > year ? 12 : today.getMonthValue(), words)));
        }
        Map<String, String> means = new LinkedHashMap<>();
        for (GoalFigure figure : GoalFigure.values()) {
            means.put(figure.code(), figure == GoalFigure.ON_TIME ? words.t("reports.def.on-time", said.least()) : meanings.of(figure.code(), words));
        }
        Map<UUID, Post> posts = directory.posts(all.stream().map(Goal::post).distinct().toList());
        String counted = ahead ? words.t("target.ahead") : answers.getFirst().asOf().map(at -> words.t("target.counted", MakeReport.toTheSecond(at, words))).orElse("");
        return new TargetSheet(unit.id().toString(), unit.name(), year, counted, sets, IntStream.rangeClosed(today.getYear() - 3, today.getYear() + 1).boxed().toList().reversed(),
                lines, all.stream().map(goal -> new TargetSheet.Change(MakeReport.toTheSecond(goal.at(), words), words.t("figures." + goal.figure().code()),
                        goal.goal().map(n -> said(goal.figure(), n, words)).orElseGet(() -> words.t("target.withdrawn")), goal.source(), goal.reason(),
                        Optional.ofNullable(posts.get(goal.post())).map(Post::title).orElse("—"))).toList(), means, form, refusals, mine);
    }

    private Map<String, Rates> months(List<Answer> answers) {
        Map<String, Rates> months = new HashMap<>();
        if (!answers.isEmpty()) {
            Map<String, Long> undone = new HashMap<>();
            answers.get(1).rows().forEach(row -> undone.put(row.key(), row.measures().closed()));
            answers.get(0).rows().forEach(row -> months.put(row.key(), new Rates(row.measures(), undone.getOrDefault(row.key(), 0L), said)));
        }
        return months;
    }

    private static String said(GoalFigure figure, BigDecimal goal, Words words) {
        return words.t(figure.share() ? "target.at-least" : "target.at-most", goal.stripTrailingZeros().toPlainString());
    }

    private TargetSheet.Line line(Goal goal, Map<String, Rates> months, Rates whole, int been, Words words) {
        GoalFigure figure = goal.figure();
        BigDecimal aim = goal.goal().orElseThrow();
        String label = words.t("figures." + figure.code());
        List<String> names = new ArrayList<>();
        List<Optional<BigDecimal>> values = new ArrayList<>();
        List<Table.Row> rows = new ArrayList<>();
        Rates far = new Rates(Measures.NOTHING, 0, said);
        for (int month = 1; month <= 12; month++) {
            String name = words.t("target.month", Integer.toString(month));
            names.add(name);
            if (month <= been) {
                Rates rates = months.getOrDefault(YearMonth.of(goal.year(), month).toString(), new Rates(Measures.NOTHING, 0, said));
                far = new Rates(far.of().plus(rates.of()), far.undone() + rates.undone(), said);
                values.add(figure.value(far));
                rows.add(new Table.Row(name, "", List.of(cell(figure, figure.value(rates), words), cell(figure, figure.value(far), words), cell(figure, Optional.of(aim), words),
                        new Cell(words.number(figure.of(far)), figure.of(far), "", -1))));
            }
        }
        Optional<BigDecimal> now = figure.value(whole);
        String state = been == 0 ? "ahead" : now.map(n -> figure.met(n, aim) ? "met" : "missed").orElse("few");
        Table table = new Table("target-" + figure.code(), label, List.of(Head.of(words.t("figures.month")), Head.of(words.t("target.in-month")),
                Head.of(words.t("target.year-so-far")), Head.of(words.t("target.goal")), Head.of(words.t("target.of"))), rows, "");
        return new TargetSheet.Line(figure.code(), label, said(figure, aim, words), goal.source(), now.map(n -> number(figure, n, words)).orElse("—"), figure.of(whole), state, table,
                TargetDrawing.of(names, values, aim, figure.share()));
    }

    private static Cell cell(GoalFigure figure, Optional<BigDecimal> value, Words words) {
        return value.map(n -> new Cell(number(figure, n, words), n, "", -1)).orElseGet(() -> new Cell("—", "", "", -1));
    }

    private static String number(GoalFigure figure, BigDecimal n, Words words) {
        return words.t(figure.share() ? "target.percent" : "figures.hours", n.stripTrailingZeros().toPlainString());
    }
}
