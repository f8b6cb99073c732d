package org.heshi.statistics.board;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.divisions.Outlines;
import org.heshi.kernel.Ids;
import org.heshi.matters.MatterRows;
import org.heshi.matters.OverLimit;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.Answer;
import org.heshi.statistics.Figures.Measure;
import org.heshi.statistics.Figures.Row;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Responses;
import org.heshi.statistics.Whose;
import org.heshi.statistics.board.BoardPage.Change;
import org.heshi.statistics.board.BoardPage.Choice;
import org.heshi.statistics.board.BoardPage.Step;
import org.heshi.statistics.board.BoardPage.Tile;
import org.heshi.statistics.board.Table.Cell;
import org.heshi.statistics.board.Table.Head;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Asks for everything that a dashboard shows, at one moment, and makes a page of it. */
@Component
class Boards {

    static final List<String> CHANNELS = List.of("web", "window", "phone", "hotline-12345", "grid", "letter", "agency", "court", "sensor", "whistle", "import");
    private static final int MONTHS_DRAWN = 13;
    private static final int DAYS_OF_THE_COURSE = 30;
    private static final String NO_CELL = "—";

    private final Figures figures;
    private final Directory directory;
    private final Divisions divisions;
    private final Outlines outlines;
    private final Categories categories;
    private final MatterRows matters;
    private final MessageSource messages;
    private final RatesSaid rates;
    private final Meanings meanings;
    private final OverLimit overLimit;
    private final Responses responses;
    private final InstantSource clock;

    Boards(Figures figures, Directory directory, Divisions divisions, Outlines outlines, Categories categories, MatterRows matters, MessageSource messages, RatesSaid rates,
            Meanings meanings, OverLimit overLimit, Responses responses, InstantSource clock) {
        this.figures = figures;
        this.directory = directory;
        this.divisions = divisions;
        this.outlines = outlines;
        this.categories = categories;
        this.matters = matters;
        this.messages = messages;
        this.rates = rates;
        this.meanings = meanings;
        this.overLimit = overLimit;
        this.responses = responses;
        this.clock = clock;
    }

    /** @param watched the whole that who looks watches */
    BoardPage board(Watching watched, Asked typed, Locale locale) {
        Words words = new Words(messages, locale);
        Map<String, MatterRows.Kind> kinds = new LinkedHashMap<>();
        matters.kinds().forEach(kind -> kinds.put(kind.code(), kind));
        Asked asked = known(typed, kinds);
        return new OneBoard(watched, asked, words, kinds).page();
    }

    /** What there is none of is not asked for, and said. */
    Asked known(Asked typed, Map<String, MatterRows.Kind> kinds) {
        Asked asked = typed;
        if (!asked.kind().isEmpty() && !kinds.containsKey(asked.kind())) {
            asked = asked.without("kind");
        }
        if (!asked.category().isEmpty() && !asked.category().equals(Asked.NONE) && categories.find(asked.category()).isEmpty()) {
            asked = asked.without("category");
        }
        if (!asked.channel().isEmpty() && !asked.channel().equals(Asked.NONE) && !CHANNELS.contains(asked.channel())) {
            asked = asked.without("channel");
        }
        return asked;
    }

    /** Places right below: of today, or those that stood in these days. Where some began or ended in them, outlines would lie upon one another: then they are drawn as tiles. */
    static List<Division> below(Divisions divisions, Asked asked) {
        return asked.then() ? divisions.childrenBetween(asked.place(), asked.from(), asked.to()) : divisions.children(asked.place());
    }

    /** What a filter says, in words. */
    List<String> said(Asked asked, Locale locale) {
        Words words = new Words(messages, locale);
        List<String> said = new ArrayList<>();
        if (!asked.kind().isEmpty()) {
            said.add(matters.kinds().stream().filter(kind -> kind.code().equals(asked.kind())).findFirst().map(kind -> kind.title().in(locale)).orElse(asked.kind()));
        }
        if (!asked.category().isEmpty()) {
            said.add(asked.category().equals(Asked.NONE) ? words.t("figures.no-category") : categories.path(asked.category(), locale));
        }
        if (!asked.channel().isEmpty()) {
            said.add(asked.channel().equals(Asked.NONE) ? words.t("figures.no-channel") : words.code("matters.channel.", asked.channel()));
        }
        if (!asked.level().isEmpty()) {
            said.add(words.t("figures.level." + asked.level()));
        }
        if (!asked.outcome().isEmpty()) {
            said.add(outcome(asked.outcome(), words, matters.kinds()));
        }
        if (!asked.unit().isEmpty()) {
            said.add(asked.unit().equals(Asked.NONE) ? words.t("figures.no-unit") : Ids.find(asked.unit()).flatMap(directory::findUnit).map(Unit::name).orElse(asked.unit()));
        }
        if (asked.narrow().here()) {
            said.add(words.t("figures.at-the-place"));
        }
        if (!asked.narrow().weekday().isEmpty()) {
            said.add(words.t("figures.weekday." + asked.narrow().weekday()));
        }
        asked.narrow().hourOf().ifPresent(hour -> said.add(words.t("figures.hour", "%02d:00".formatted(hour), "%02d:59".formatted(hour))));
        return said;
    }

    String name(Watching watched, Asked asked) {
        return watched.unit().isPresent() ? directory.findUnit(watched.unit().get()).map(Unit::name).orElse(NO_CELL)
                : divisions.namesEver(List.of(asked.place())).getOrDefault(asked.place(), asked.place());
    }

    /** What is open and over a limit now, whatever days are asked about. */
    static OverLimit.Asked over(Watching watched, Asked asked) {
        Only only = asked.only();
        return new OverLimit.Asked(asked.place(), asked.then(), watched.unit().isPresent() ? watched.unit() : only.unit(), only.kind(), only.category(), only.channel(), only.level());
    }

    private static String outcome(String code, Words words, Iterable<MatterRows.Kind> kinds) {
        if (code.equals("reopened")) {
            return words.t("figures.outcome.reopened");
        }
        for (MatterRows.Kind kind : kinds) {
            if (kind.outcomes().containsKey(code)) {
                return kind.outcomes().get(code).in(words.locale());
            }
        }
        return code;
    }

    /** One page being made. */
    private final class OneBoard {

        private final Watching watched;
        private final Asked asked;
        private final Words words;
        private final Map<String, MatterRows.Kind> kinds;
        private final Question base;
        private final boolean narrow;

        OneBoard(Watching watched, Asked asked, Words words, Map<String, MatterRows.Kind> kinds) {
            this.watched = watched;
            this.asked = asked;
            this.words = words;
            this.kinds = kinds;
            this.base = new Question(watched.whose(asked.place()), asked.from(), asked.to(), asked.only(), List.of(), asked.cut());
            // what takes time, and the hours, are counted by kind only
            this.narrow = !asked.category().isEmpty() || !asked.channel().isEmpty() || !asked.level().isEmpty();
        }

        BoardPage page() {
            LocalDate today = asked.today();
            LocalDate[] month = asked.before(1);
            LocalDate[] year = asked.before(12);
            LocalDate first = asked.months() ? YearMonth.from(asked.to()).minusMonths(MONTHS_DRAWN - 1).atDay(1) : courseFrom();
            if (asked.months() && asked.from().isBefore(first)) {
                first = asked.from().withDayOfMonth(1);
            }
            By category = asked.category().isEmpty() ? By.CATEGORY_1 : asked.category().length() == 2 ? By.CATEGORY_2 : By.CATEGORY_3;
            List<Question> questions = new ArrayList<>(List.of(base, base.days(today, today), base.days(month[0], month[1]), base.days(year[0], year[1]),
                    base.days(first, asked.to()).by(asked.months() ? By.MONTH : By.DAY), watched.unit().isPresent() ? base : base.by(By.PLACE), base.by(category), base.by(By.KIND),
                    base.by(By.CHANNEL, By.OUTCOME), base.by(By.CHANNEL)));
            if (!narrow) {
                questions.add(base.by(By.HOUR, By.WEEKDAY));
                questions.add(base.by(By.UNIT));
            }
            List<Answer> answers = asked.ahead() ? questions.stream().map(question -> new Answer(question, List.of(), Measures.NOTHING, Optional.empty(), 0)).toList()
                    : figures.ask(questions);
            Instant now = clock.instant();
            Measures now1 = answers.get(0).total();
            Measures before = answers.get(2).total();
            Measures lastYear = answers.get(3).total();
            Table course = course(answers.get(4), first);
            Table places = places(answers.get(5));
            Table categoryTable = table("categories", answers.get(6).rows(), key -> categoryName(key), key -> key.isEmpty() || key.length() <= asked.category().length() ? ""
                    : asked.href("/figures", "category", key), "category");
            Table kindTable = table("kinds", answers.get(7).rows(), this::kindName, key -> asked.href("/figures", "kind", key), "kind");
            List<Flow.Link> links = links(answers.get(8), answers.get(9));
            boolean units = !narrow;
            List<String> says = says(now1, before, answers.get(5), answers.get(6));
            Optional<Instant> asOf = answers.get(0).asOf();
            return new BoardPage(asked, name(watched, asked), watched.unit().isPresent() ? "unit" : levelName(), path(), says, todays(answers.get(1).total()),
                    tiles(now1, before, lastYear), compared(now1, before, lastYear), course, lines(course, List.of(0, 1)), lines(course, List.of(2)),
                    places, plan(answers.get(5)), categoryTable, categoryPath(), kindTable,
                    units ? Optional.of(units(answers.get(11))) : Optional.empty(), ways(answers.get(8), answers.get(9)), Flow.of(links),
                    units ? Optional.of(hours(answers.get(10))) : Optional.empty(), units ? heat(answers.get(10)) : Heat.of(new long[24][7], days(), this::came),
                    asOf, asOf.map(moment -> Duration.between(moment, now).isNegative() ? Duration.ZERO : Duration.between(moment, now)), choices(), meanings.all(words),
                    now1.received() == 0 && now1.closed() == 0 && now1.open() == 0 && before.received() == 0 && lastYear.received() == 0, once(), watched.near());
        }

        /** Places of this level that went into this one. */
        private List<Step> once() {
            if (watched.unit().isPresent()) {
                return List.of();
            }
            List<String> codes = divisions.once(asked.place()).stream().filter(code -> code.length() == asked.place().length()).toList();
            Map<String, String> names = divisions.namesEver(codes);
            return codes.stream().map(code -> new Step(names.getOrDefault(code, code) + " " + code, asked.href("/figures", "place", code, "cut", "then"))).toList();
        }

        private LocalDate courseFrom() {
            LocalDate least = asked.to().minusDays(DAYS_OF_THE_COURSE - 1L);
            return asked.from().isBefore(least) ? asked.from() : least;
        }

        private String levelName() {
            return Level.of(asked.place()).name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private List<Step> path() {
            if (watched.unit().isPresent()) {
                return List.of();
            }
            List<Step> steps = new ArrayList<>();
            if (!asked.place().startsWith(watched.scope())) {
                steps.add(new Step(divisions.namesEver(List.of(watched.scope())).getOrDefault(watched.scope(), watched.scope()), asked.href("/figures", "place", "", "cut", "")));
                return steps;
            }
            List<String> above = new ArrayList<>();
            for (Level level : Level.values()) {
                if (level.digits() >= watched.scope().length() && level.digits() < asked.place().length()) {
                    above.add(asked.place().substring(0, level.digits()));
                }
            }
            Map<String, String> names = divisions.namesEver(above);
            above.forEach(code -> steps.add(new Step(names.getOrDefault(code, code), asked.href("/figures", "place", code))));
            return steps;
        }

        // ---- what stands alone

        private List<Tile> todays(Measures today) {
            Asked day = new Asked(asked.place(), asked.today(), asked.today(), asked.kind(), asked.category(), asked.channel(), asked.level(), "", "", asked.then(), false,
                    asked.today(), List.of());
            long over = overLimit.count(over(watched, asked));
            return List.of(tile("received", today.received(), day), tile("closed", today.closed(), day), tile("open", today.open(), day), tile("over", over, day));
        }

        private Tile tile(String measure, long n, Asked list) {
            return new Tile(measure, words.t("figures.today." + measure), words.number(n), "", n == 0 ? "" : list.behind(measure), List.of());
        }

        private List<Tile> tiles(Measures now, Measures month, Measures year) {
            List<Tile> tiles = new ArrayList<>();
            count(tiles, "received", now, month, year, Measures::received);
            count(tiles, "closed", now, month, year, Measures::closed);
            count(tiles, "open", now, month, year, Measures::open);
            count(tiles, "late", now, month, year, Measures::late);
            count(tiles, "reopened", now, month, year, Measures::reopened);
            tiles.add(new Tile("median", words.t("figures.median"), now.toClosing().median().map(words::time).orElse(NO_CELL),
                    now.toClosing().p90().map(p90 -> words.t("figures.p90-is", words.time(p90))).orElse(""), now.toClosing().n() == 0 ? "" : asked.behind("timed"), List.of()));
            response().ifPresent(tiles::add);
            tiles.add(rate("satisfied", rates.satisfied(now), now.answered(), rates.least(), now.answered() == 0 ? "" : asked.behind("answered")));
            tiles.add(rate("resolved", rates.resolved(now), now.told(), rates.least(), now.told() == 0 ? "" : asked.behind("told")));
            return tiles;
        }

        private void count(List<Tile> tiles, String measure, Measures now, Measures month, Measures year, ToLongFunction<Measures> which) {
            long n = which.applyAsLong(now);
            List<Change> changes = new ArrayList<>();
            if (!asked.ahead()) {
                if (asked.withinAMonth()) {
                    changes.add(change("figures.last-month", n, which.applyAsLong(month)));
                }
                changes.add(change("figures.last-year", n, which.applyAsLong(year)));
            }
            tiles.add(new Tile(measure, words.t("figures." + measure), words.number(n), "", n == 0 ? "" : asked.behind(measure), changes));
        }

        private Change change(String label, long now, long before) {
            return new Change(words.t(label), now > before ? "up" : now < before ? "down" : "same", changed(now, before));
        }

        private String changed(long now, long before) {
            if (now == before) {
                return words.t("figures.same");
            }
            String by = words.number(Math.abs(now - before));
            Optional<java.math.BigDecimal> percent = Words.percent(Math.abs(now - before), before, rates.least());
            return words.t(now > before ? "figures.more" : "figures.fewer", by) + percent.map(p -> words.t("figures.percent-in", p.toPlainString())).orElse("");
        }

        /** Counted among the rates of supervision. */
        private Optional<Tile> response() {
            if (asked.ahead()) {
                return Optional.empty();
            }
            Responses.InTime signed = responses.of(base.whose(), asked.from(), asked.to(), base.only(), base.cut());
            return Optional.of(rate("response", signed.inTime(), signed.due(), signed.least(), ""));
        }

        private Tile rate(String measure, long part, long whole, int least, String href) {
            return new Tile(measure, words.t("figures." + measure), Words.percent(part, whole, least).map(p -> p.toPlainString() + "%").orElse(NO_CELL),
                    whole < least ? words.t("figures.few", least, whole) : words.t("figures.part", part, whole), href, List.of());
        }

        private List<String> says(Measures now, Measures month, Answer places, Answer categoryRows) {
            List<String> says = new ArrayList<>();
            if (asked.ahead() || now.received() == 0 && now.open() == 0 && now.closed() == 0) {
                return says;
            }
            String compared = !asked.withinAMonth() ? "" : now.received() == month.received() ? words.t("figures.says.same")
                    : words.t(now.received() > month.received() ? "figures.says.more" : "figures.says.fewer", Math.abs(now.received() - month.received()));
            says.add(words.t("figures.says.received", now.received(), compared, now.closed()));
            String open = words.t(asked.to().isBefore(asked.today()) ? "figures.says.at-the-end" : "figures.says.now", now.open());
            says.add(open + words.t(now.closed() == 0 ? "figures.says.none-closed" : now.late() == 0 ? "figures.says.none-late" : "figures.says.late", now.late()));
            Optional<Row> most = most(categoryRows);
            Optional<Row> where = most(places);
            if (most.isPresent() && where.isPresent()) {
                says.add(words.t("figures.says.most", categoryName(most.get().key()), most.get().measures().received(),
                        divisions.namesEver(List.of(where.get().key())).getOrDefault(where.get().key(), where.get().key()), where.get().measures().received()));
            } else {
                most.ifPresent(row -> says.add(words.t("figures.says.most-category", categoryName(row.key()), row.measures().received())));
            }
            return says;
        }

        private static Optional<Row> most(Answer answer) {
            return answer.rows().stream().filter(row -> !row.keys().isEmpty() && !row.key().isEmpty() && row.measures().received() > 0)
                    .max(Comparator.comparingLong(row -> row.measures().received()));
        }

        // ---- tables

        private Table compared(Measures now, Measures month, Measures year) {
            List<Head> heads = new ArrayList<>(List.of(Head.of(words.t("figures.what")), Head.of(words.t("figures.this-period"))));
            boolean within = asked.withinAMonth();
            if (within) {
                heads.add(Head.of(words.t("figures.last-month")));
                heads.add(Head.of(words.t("figures.change")));
            }
            heads.add(Head.of(words.t("figures.last-year")));
            heads.add(Head.of(words.t("figures.change")));
            LocalDate[] before = asked.before(1);
            LocalDate[] yearBefore = asked.before(12);
            Asked thenMonth = days(before);
            Asked thenYear = days(yearBefore);
            List<Table.Row> rows = new ArrayList<>();
            Map<String, ToLongFunction<Measures>> counts = new LinkedHashMap<>();
            counts.put("received", Measures::received);
            counts.put("closed", Measures::closed);
            counts.put("open", Measures::open);
            counts.put("late", Measures::late);
            counts.put("reopened", Measures::reopened);
            counts.forEach((measure, which) -> {
                long n = which.applyAsLong(now);
                List<Cell> cells = new ArrayList<>(List.of(number(n, asked.behind(measure))));
                if (within) {
                    cells.add(number(which.applyAsLong(month), thenMonth.behind(measure)));
                    cells.add(changeCell(n, which.applyAsLong(month)));
                }
                cells.add(number(which.applyAsLong(year), thenYear.behind(measure)));
                cells.add(changeCell(n, which.applyAsLong(year)));
                rows.add(new Table.Row(words.t("figures." + measure), "", cells));
            });
            Map<String, Function<Measures, Cell>> others = new LinkedHashMap<>();
            others.put("median", m -> time(m.toClosing().median()));
            others.put("p90", m -> time(m.toClosing().p90()));
            others.put("acceptance", m -> time(m.toAcceptance().median()));
            others.put("satisfied", m -> rateCell(rates.satisfied(m), m.answered()));
            others.put("resolved", m -> rateCell(rates.resolved(m), m.told()));
            others.forEach((measure, which) -> {
                String list = switch (measure) {
                    case "acceptance" -> "signed";
                    case "satisfied" -> "answered";
                    case "resolved" -> "told";
                    default -> "timed";
                };
                List<Cell> cells = new ArrayList<>(List.of(linked(which.apply(now), asked.behind(list))));
                if (within) {
                    cells.add(linked(which.apply(month), thenMonth.behind(list)));
                    cells.add(nothing());
                }
                cells.add(linked(which.apply(year), thenYear.behind(list)));
                cells.add(nothing());
                rows.add(new Table.Row(words.t("figures." + measure), "", cells));
            });
            for (Measure said : List.of(Measure.SATISFIED, Measure.FAIR, Measure.UNSATISFIED, Measure.RESOLVED, Measure.PARTLY, Measure.UNRESOLVED)) {
                List<Cell> cells = new ArrayList<>(List.of(number(said.of(now), asked.behind(said.code()))));
                if (within) {
                    cells.add(number(said.of(month), thenMonth.behind(said.code())));
                    cells.add(changeCell(said.of(now), said.of(month)));
                }
                cells.add(number(said.of(year), thenYear.behind(said.code())));
                cells.add(changeCell(said.of(now), said.of(year)));
                rows.add(new Table.Row(words.t("figures.said." + said.code()), "", cells));
            }
            String days = within ? words.t("figures.compared-days", before[0], before[1], yearBefore[0], yearBefore[1])
                    : words.t("figures.compared-year", yearBefore[0], yearBefore[1]);
            return new Table("compared", words.t("figures.by.compared"), heads, asked.ahead() ? List.of() : rows, days);
        }

        private static Cell linked(Cell cell, String href) {
            return cell.text().equals(NO_CELL) ? cell : new Cell(cell.text(), cell.value(), href, cell.share());
        }

        private Asked days(LocalDate[] days) {
            return new Asked(asked.place(), days[0], days[1], asked.kind(), asked.category(), asked.channel(), asked.level(), "", "", asked.then(), false, asked.today(), List.of());
        }

        private Table course(Answer answer, LocalDate first) {
            Map<String, Measures> known = new HashMap<>();
            answer.rows().forEach(row -> known.put(row.key(), row.measures()));
            List<Table.Row> rows = new ArrayList<>();
            if (!asked.ahead()) {
                for (LocalDate day = first; !day.isAfter(asked.to()); day = asked.months() ? day.plusMonths(1).withDayOfMonth(1) : day.plusDays(1)) {
                    String key = asked.months() ? YearMonth.from(day).toString() : day.toString();
                    LocalDate end = asked.months() ? YearMonth.from(day).atEndOfMonth() : day;
                    Asked days = days(new LocalDate[] {day, end.isAfter(asked.to()) ? asked.to() : end});
                    Measures n = known.getOrDefault(key, Measures.NOTHING);
                    rows.add(new Table.Row(asked.months() ? words.month(YearMonth.from(day)) : key, asked.months() ? days.href("/figures") : "", List.of(number(n.received(), days.behind("received")),
                            number(n.closed(), days.behind("closed")), number(n.open(), days.behind("open")))));
                }
            }
            return new Table("course", words.t(asked.months() ? "figures.by.months" : "figures.by.days"), List.of(Head.of(words.t(asked.months() ? "figures.month" : "figures.day")),
                    Head.of(words.t("figures.received")), Head.of(words.t("figures.closed")), Head.of(words.t("figures.open"))), rows, "");
        }

        private Lines lines(Table course, List<Integer> columns) {
            List<String> labels = course.rows().stream().map(row -> asked.months() ? row.name() : row.name().substring(5)).toList();
            List<Lines.Series> series = columns.stream().map(column -> new Lines.Series(course.heads().get(column + 1).label(),
                    course.rows().stream().map(row -> (Long) row.cells().get(column).value()).toList())).toList();
            return Lines.of(labels, series, String.join(",", columns.stream().map(column -> Integer.toString(column + 1)).toList()));
        }

        private Table places(Answer answer) {
            Map<String, Measures> known = new TreeMap<>();
            if (watched.unit().isEmpty()) {
                // places where nothing happened are shown, too: that is worth knowing
                below(divisions, asked).forEach(place -> known.put(place.code(), Measures.NOTHING));
                answer.rows().forEach(row -> known.put(row.key(), row.measures()));
            }
            if (known.size() == 1 && known.containsKey("")) {
                known.clear();
            }
            List<Row> rows = known.entrySet().stream().map(one -> new Row(List.of(one.getKey()), one.getValue())).toList();
            Map<String, String> names = divisions.namesEver(known.keySet().stream().filter(code -> !code.isEmpty()).toList());
            return table("places", asked.ahead() ? List.of() : rows, key -> key.isEmpty() ? words.t("figures.at-the-place") : names.getOrDefault(key, key),
                    key -> key.isEmpty() ? "" : asked.href("/figures", "place", key), "place");
        }

        /** Came in, closed, open, late, how long and how it was found, by one thing; the most first. @param part of the address that narrows a list to a row; empty: none does */
        private Table table(String name, List<Row> rows, Function<String, String> names, Function<String, String> href, String part) {
            List<Head> heads = List.of(Head.of(words.t("figures.of." + name)), Head.of(words.t("figures.received")), Head.of(words.t("figures.closed")),
                    Head.of(words.t("figures.open")), Head.of(words.t("figures.late")), new Head(words.t("figures.median"), words.t("figures.unit-hours")));
            long greatest = rows.stream().mapToLong(row -> row.measures().received()).max().orElse(0);
            List<Table.Row> lines = rows.stream().sorted(Comparator.comparingLong((Row row) -> row.measures().received()).reversed().thenComparing(Row::key)).map(row -> {
                Measures m = row.measures();
                Function<String, String> list = measure -> part.isEmpty() ? "" : !row.key().isEmpty() ? asked.behind(measure, part, row.key())
                        : part.equals("place") ? asked.behind(measure, "at", "here") : asked.behind(measure, part, Asked.NONE);
                return new Table.Row(names.apply(row.key()), href.apply(row.key()), List.of(
                        new Cell(words.number(m.received()), m.received(), m.received() == 0 ? "" : list.apply("received"), share(m.received(), greatest)),
                        number(m.closed(), list.apply("closed")), number(m.open(), list.apply("open")), number(m.late(), list.apply("late")), linked(time(m.toClosing().median()), list.apply("timed"))));
            }).toList();
            return new Table(name, words.t("figures.by." + name), heads, lines, "");
        }

        private Table units(Answer answer) {
            List<Row> rows = answer.rows();
            Map<UUID, Unit> names = directory.units(rows.stream().flatMap(row -> Ids.find(row.key()).stream()).toList());
            long greatest = rows.stream().mapToLong(row -> row.measures().chargedMillis()).max().orElse(0);
            List<Head> heads = List.of(Head.of(words.t("figures.of.units")), new Head(words.t("figures.charged"), words.t("figures.unit-hours")), Head.of(words.t("figures.received")),
                    Head.of(words.t("figures.closed")), Head.of(words.t("figures.open")), Head.of(words.t("figures.late")),
                    new Head(words.t("figures.median"), words.t("figures.unit-hours")), Head.of(words.t("figures.satisfied")));
            List<Table.Row> lines = rows.stream().sorted(Comparator.comparingLong((Row row) -> row.measures().chargedMillis())
                    .thenComparingLong(row -> row.measures().received()).reversed().thenComparing(Row::key)).map(row -> {
                        Measures m = row.measures();
                        String name = row.key().isEmpty() ? words.t("figures.no-unit") : Ids.find(row.key()).map(names::get).map(Unit::name).orElse(row.key());
                        Duration charged = Duration.ofMillis(m.chargedMillis());
                        Function<String, String> list = measure -> asked.behind(measure, "unit", row.key().isEmpty() ? Asked.NONE : row.key());
                        return new Table.Row(name, "", List.of(
                                new Cell(m.chargedMillis() == 0 ? NO_CELL : words.time(charged), Words.hours(charged), "", share(m.chargedMillis(), greatest)),
                                number(m.received(), list.apply("received")), number(m.closed(), list.apply("closed")), number(m.open(), list.apply("open")),
                                number(m.late(), list.apply("late")), linked(time(m.toClosing().median()), list.apply("timed")),
                                linked(rateCell(rates.satisfied(m), m.answered()), list.apply("answered"))));
                    }).toList();
            return new Table("units", words.t("figures.by.units"), heads, lines, "");
        }

        // ---- from the way in to the end

        private List<Flow.Link> links(Answer crossed, Answer channels) {
            List<Flow.Link> links = new ArrayList<>();
            for (Row row : crossed.rows()) {
                if (row.measures().closed() > 0 && !row.keys().get(1).isEmpty()) {
                    links.add(new Flow.Link(channel(row.keys().get(0)), outcome(row.keys().get(1), words, kinds.values()), row.measures().closed(), false));
                }
            }
            for (Row row : channels.rows()) {
                if (row.measures().open() > 0) {
                    links.add(new Flow.Link(channel(row.key()), words.t("figures.still-open"), row.measures().open(), true));
                }
            }
            return links;
        }

        private Table ways(Answer crossed, Answer channels) {
            Map<String, Map<String, Long>> cells = new LinkedHashMap<>();
            Map<String, Long> outcomes = new LinkedHashMap<>();
            Map<String, Long> open = new HashMap<>();
            for (Row row : crossed.rows()) {
                String outcome = row.keys().get(1);
                if (row.measures().closed() > 0 && !outcome.isEmpty()) {
                    cells.computeIfAbsent(row.keys().get(0), _ -> new HashMap<>()).merge(outcome, row.measures().closed(), Long::sum);
                    outcomes.merge(outcome, row.measures().closed(), Long::sum);
                }
            }
            for (Row row : channels.rows()) {
                if (row.measures().open() > 0) {
                    cells.computeIfAbsent(row.key(), _ -> new HashMap<>());
                    open.put(row.key(), row.measures().open());
                }
            }
            List<String> columns = outcomes.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).map(Map.Entry::getKey).toList();
            List<Head> heads = new ArrayList<>(List.of(Head.of(words.t("figures.of.ways"))));
            columns.forEach(outcome -> heads.add(Head.of(outcome(outcome, words, kinds.values()))));
            heads.add(Head.of(words.t("figures.still-open")));
            List<Table.Row> rows = cells.entrySet().stream().map(row -> {
                List<Cell> numbers = new ArrayList<>();
                columns.forEach(outcome -> numbers.add(number(row.getValue().getOrDefault(outcome, 0L), asked.behind("closed", "channel", row.getKey().isEmpty() ? Asked.NONE : row.getKey(), "outcome", outcome))));
                numbers.add(number(open.getOrDefault(row.getKey(), 0L), asked.behind("open", "channel", row.getKey().isEmpty() ? Asked.NONE : row.getKey())));
                return new Table.Row(channel(row.getKey()), row.getKey().isEmpty() ? "" : asked.href("/figures", "channel", row.getKey()), numbers);
            }).sorted(Comparator.comparingLong((Table.Row row) -> row.cells().stream().mapToLong(cell -> (Long) cell.value()).sum()).reversed()).toList();
            return new Table("ways", words.t("figures.by.ways"), heads, rows, "");
        }

        // ---- when

        private long[][] counted(Answer answer) {
            long[][] n = new long[24][7];
            for (Row row : answer.rows()) {
                if (row.keys().get(0).matches("[0-9]{1,2}") && row.keys().get(1).matches("[1-7]")) {
                    n[Math.min(23, Integer.parseInt(row.keys().get(0)))][Integer.parseInt(row.keys().get(1)) - 1] += row.measures().received();
                }
            }
            return n;
        }

        private Heat heat(Answer answer) {
            return Heat.of(counted(answer), days(), this::came);
        }

        /** The list of what came in at an hour of a day of the week. */
        private String came(int hour, int weekday) {
            return asked.behind("received", "hour", Integer.toString(hour), "weekday", Integer.toString(weekday));
        }

        private List<String> days() {
            return List.of(words.t("figures.weekday.1"), words.t("figures.weekday.2"), words.t("figures.weekday.3"), words.t("figures.weekday.4"), words.t("figures.weekday.5"),
                    words.t("figures.weekday.6"), words.t("figures.weekday.7"));
        }

        private Table hours(Answer answer) {
            long[][] n = counted(answer);
            List<Head> heads = new ArrayList<>(List.of(Head.of(words.t("figures.of.times"))));
            days().forEach(day -> heads.add(Head.of(day)));
            List<Table.Row> rows = new ArrayList<>();
            boolean any = false;
            for (int hour = 0; hour < n.length; hour++) {
                List<Cell> cells = new ArrayList<>();
                for (int day = 0; day < n[hour].length; day++) {
                    any |= n[hour][day] > 0;
                    cells.add(number(n[hour][day], came(hour, day + 1)));
                }
                rows.add(new Table.Row("%02d:00".formatted(hour), "", cells));
            }
            return new Table("times", words.t("figures.by.times"), heads, any ? rows : List.of(), "");
        }

        // ---- where

        private Plan plan(Answer answer) {
            if (watched.unit().isPresent()) {
                return Plan.of(List.of(), Map.of());
            }
            Map<String, Long> n = new HashMap<>();
            answer.rows().forEach(row -> n.put(row.key(), row.measures().received()));
            List<Division> below = below(divisions, asked);
            long greatest = Shade.greatest(n.values());
            List<Plan.Tile> tiles = below.stream().map(place -> {
                long received = n.getOrDefault(place.code(), 0L);
                return new Plan.Tile(place.code(), place.name(), received, Shade.of(received, greatest), asked.href("/figures", "place", place.code()));
            }).toList();
            List<String> codes = below.stream().map(Division::code).toList();
            return Plan.of(tiles, !asked.then() ? outlines.of(codes) : codes.equals(codes(divisions.childrenBetween(asked.place(), asked.from(), asked.from())))
                    ? outlines.of(codes, asked.from()) : Map.of());
        }

        private static List<String> codes(List<Division> places) {
            return places.stream().map(Division::code).toList();
        }

        // ---- words

        private List<Step> categoryPath() {
            List<Step> steps = new ArrayList<>();
            for (int digits = 2; digits <= asked.category().length(); digits += 2) {
                String code = asked.category().substring(0, digits);
                steps.add(new Step(categoryName(code), asked.href("/figures", "category", code)));
            }
            return steps;
        }

        private String categoryName(String code) {
            return code.isEmpty() ? words.t("figures.no-category") : categories.find(code).map(this::categoryName).orElse(code);
        }

        private String categoryName(Category category) {
            return Locale.ENGLISH.getLanguage().equals(words.locale().getLanguage()) ? category.nameEn() : category.name();
        }

        private String kindName(String code) {
            return Optional.ofNullable(kinds.get(code)).map(kind -> kind.title().in(words.locale())).orElse(code);
        }

        private String channel(String code) {
            return code.isEmpty() ? words.t("figures.no-channel") : words.code("matters.channel.", code);
        }

        private BoardPage.Choices choices() {
            LocalDate today = asked.today();
            List<Step> periods = new ArrayList<>();
            period(periods, "today", today, today);
            period(periods, "week", today.with(java.time.temporal.TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY)), today);
            period(periods, "month", today.withDayOfMonth(1), today);
            YearMonth last = YearMonth.from(today).minusMonths(1);
            period(periods, "last-month", last.atDay(1), last.atEndOfMonth());
            period(periods, "year", today.withDayOfYear(1), today);
            return new BoardPage.Choices(kinds.values().stream().map(kind -> new Choice(kind.code(), kind.title().in(words.locale()))).toList(),
                    categories.all().stream().filter(one -> one.level() == 1 || one.level() == 2 && (asked.category().startsWith(one.code().substring(0, 2)))
                            || one.code().equals(asked.category())).map(one -> new Choice(one.code(), "　".repeat(one.level() - 1) + categoryName(one))).toList(),
                    CHANNELS.stream().map(code -> new Choice(code, channel(code))).toList(), periods);
        }

        private void period(List<Step> periods, String name, LocalDate from, LocalDate to) {
            periods.add(new Step(words.t("figures.period." + name), from.equals(asked.from()) && to.equals(asked.to()) ? ""
                    : asked.href("/figures", "from", from.toString(), "to", to.toString(), "course", "")));
        }

        // ---- cells

        private Cell number(long n, String href) {
            return new Cell(words.number(n), n, n == 0 ? "" : href, -1);
        }

        private Cell changeCell(long now, long before) {
            return new Cell(changed(now, before), now - before, "", -1);
        }

        private Cell time(Optional<Duration> time) {
            return time.map(t -> new Cell(words.time(t), Words.hours(t), "", -1)).orElseGet(OneBoard::nothing);
        }

        private Cell rateCell(long part, long whole) {
            return Words.percent(part, whole, rates.least()).map(p -> new Cell(p.toPlainString() + "%", p, "", -1)).orElseGet(OneBoard::nothing);
        }

        private static Cell nothing() {
            return new Cell(NO_CELL, "", "", -1);
        }
    }

    /** Hundredths of the greatest, never nothing for something. */
    static int share(long n, long greatest) {
        return n <= 0 || greatest <= 0 ? 0 : (int) Math.max(1, Math.round(100.0 * n / greatest));
    }
}
