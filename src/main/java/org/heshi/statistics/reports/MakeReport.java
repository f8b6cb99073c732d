package org.heshi.statistics.reports;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.matters.MatterRows;
import org.heshi.matters.OverLimit;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.Answer;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Responses;
import org.heshi.statistics.Whose;
import org.heshi.statistics.board.Meanings;
import org.heshi.statistics.board.RatesSaid;
import org.heshi.statistics.board.Table;
import org.heshi.statistics.board.Table.Cell;
import org.heshi.statistics.board.Table.Head;
import org.heshi.statistics.board.Words;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Asks for all that a report tells at one moment, and makes the report of it. Who acts must be allowed to ask. Rows stand in the order of their codes or names, never by how many. */
@Component
public class MakeReport {

    private static final String NO_CELL = "—";
    private static final List<String> DEFINED = List.of("opening", "received", "closed", "open", "over", "late", "on-time", "reopened", "median", "p90", "acceptance", "response",
            "satisfied", "resolved", "charged", "apart");
    /** Told by others than the cells, to staff only: of what somebody is barred from these tell no machine less. */
    private static final List<String> OF_STAFF = List.of("over");

    private final Figures figures;
    private final Directory directory;
    private final Divisions divisions;
    private final Categories categories;
    private final MatterRows matters;
    private final OverLimit overLimit;
    private final Responses responses;
    private final MessageSource messages;
    private final RatesSaid said;
    private final Meanings meanings;
    private final InstantSource clock;

    MakeReport(Figures figures, Directory directory, Divisions divisions, Categories categories, MatterRows matters, OverLimit overLimit, Responses responses, MessageSource messages,
            RatesSaid said, Meanings meanings, InstantSource clock) {
        this.figures = figures;
        this.directory = directory;
        this.divisions = divisions;
        this.categories = categories;
        this.matters = matters;
        this.overLimit = overLimit;
        this.responses = responses;
        this.messages = messages;
        this.said = said;
        this.meanings = meanings;
        this.clock = clock;
    }

    public Report report(Whose whose, Period period, Locale locale) {
        return new One(whose, period, new Words(messages, locale)).made();
    }

    /** One report being made. */
    private final class One {

        private final Whose whose;
        private final Period whole;
        private final Words words;
        private final LocalDate today = CivilTime.dateOf(clock.instant());
        private final Period now;
        private final Period before;
        private final Period year;
        private final Map<String, MatterRows.Kind> kinds = new LinkedHashMap<>();
        private final List<Question> questions = new ArrayList<>();
        /** A place that stands no more is told of as it was. */
        private final Question.Cut cut;
        private final boolean staff = Acting.current() instanceof Actor.Staff;
        private List<Answer> answers = List.of();

        One(Whose whose, Period whole, Words words) {
            this.whose = whose;
            this.whole = whole;
            this.words = words;
            this.cut = whose instanceof Whose.Place(String code) && divisions.find(code).isEmpty() ? Question.Cut.THEN : Question.Cut.TODAY;
            boolean ahead = whole.from().isAfter(today);
            this.now = ahead ? whole : whole.upTo(today);
            this.before = whole.before().asMuchAs(now);
            this.year = whole.yearBefore().asMuchAs(now);
            matters.kinds().forEach(kind -> kinds.put(kind.code(), kind));
        }

        private int ask(Question question) {
            questions.add(question);
            return questions.size() - 1;
        }

        private Question of(Period period) {
            return new Question(whose, period.from(), period.to(), Only.ALL, List.of(), cut);
        }

        /** What was closed and went on again. */
        private Question undone(Question question) {
            return question.only(Only.ALL.outcome("reopened"));
        }

        private record Pair(int all, int undone) {
        }

        private Pair both(Question question) {
            return new Pair(ask(question), ask(undone(question)));
        }

        private Rates total(Pair pair) {
            return new Rates(answers.get(pair.all()).total(), answers.get(pair.undone()).total().closed(), said);
        }

        /** @param rows that stand even if nothing counts in them */
        private Map<String, Rates> rows(Pair pair, List<String> rows) {
            Map<String, Long> undone = new HashMap<>();
            answers.get(pair.undone()).rows().forEach(row -> undone.put(row.key(), row.measures().closed()));
            Map<String, Rates> all = new TreeMap<>();
            rows.forEach(key -> all.put(key, new Rates(Measures.NOTHING, 0, said)));
            answers.get(pair.all()).rows().forEach(row -> all.put(row.key(), new Rates(row.measures(), undone.getOrDefault(row.key(), 0L), said)));
            return all;
        }

        Report made() {
            boolean ahead = whole.from().isAfter(today);
            String place = whose instanceof Whose.Place(String code) ? code : "";
            String name = whose instanceof Whose.Unit(UUID unit) ? directory.findUnit(unit).map(Unit::name).orElse(NO_CELL)
                    : divisions.namesEver(List.of(place)).getOrDefault(place, place);
            String title = words.t("reports.title." + whole.length().code(), name);
            if (ahead) {
                return new Report(whole, name, place, title, whole.name(words), whole.to(), true, true, Optional.empty(), List.of(), List.of(), means());
            }
            Pair here = both(of(now));
            Pair earlier = both(of(before));
            Pair lastYear = both(of(year));
            int opening = ask(of(new Period(whole.length(), now.from().minusDays(1), now.from().minusDays(1))));
            Pair category = both(of(now).by(By.CATEGORY_1));
            Pair kind = both(of(now).by(By.KIND));
            Pair channel = both(of(now).by(By.CHANNEL));
            int outcome = ask(of(now).by(By.OUTCOME));
            int course = whole.length() == Period.Length.DAY ? -1 : ask(of(now).by(whole.length() == Period.Length.QUARTER ? By.MONTH : By.DAY));
            Optional<Pair> places = place.isEmpty() ? Optional.empty() : Optional.of(both(of(now).by(By.PLACE)));
            Optional<Pair> units = place.isEmpty() ? Optional.empty() : Optional.of(both(of(now).by(By.UNIT)));
            answers = figures.ask(questions);
            long stock = answers.get(opening).total().open();
            List<Table> tables = new ArrayList<>();
            tables.add(compared(stock, total(here), total(earlier), total(lastYear)));
            places.ifPresent(pair -> tables.add(places(place, pair)));
            tables.add(parts("categories", rows(category, List.of()), this::categoryName));
            tables.add(parts("kinds", rows(kind, List.of()), code -> Optional.ofNullable(kinds.get(code)).map(one -> one.title().in(words.locale())).orElse(code)));
            tables.add(parts("channels", rows(channel, List.of()), code -> code.isEmpty() ? words.t("figures.no-channel") : words.code("matters.channel.", code)));
            tables.add(outcomes(answers.get(outcome)));
            units.ifPresent(pair -> tables.add(units(rows(pair, List.of()))));
            if (course >= 0) {
                tables.add(course(answers.get(course)));
            }
            return new Report(whole, name, place, title, whole.name(words), now.to(), !whole.over(today), false, answers.getFirst().asOf(),
                    says(name, stock, total(here), total(earlier), total(lastYear)), tables, means());
        }

        private Map<String, String> means() {
            Map<String, String> means = new LinkedHashMap<>();
            DEFINED.stream().filter(figure -> staff || !OF_STAFF.contains(figure)).forEach(figure -> means.put(figure, switch (figure) {
                case "opening" -> words.t("reports.def.opening");
                case "on-time" -> words.t("reports.def.on-time", said.least());
                default -> meanings.of(figure, words);
            }));
            return means;
        }

        // ---- in words

        private List<String> says(String name, long stock, Rates here, Rates earlier, Rates lastYear) {
            List<String> says = new ArrayList<>();
            Measures m = here.of();
            String when = whole.over(today) ? whole.name(words) : words.t("reports.says.so-far", whole.name(words), Period.monthName(now.to(), words), Integer.toString(now.to().getDayOfMonth()));
            says.add(words.t("reports.says.came", when, name, words.number(m.received()), than((whole.over(today) ? "reports.says.before." : "reports.says.before-so-far.") + whole.length().code(), m.received(), earlier.of().received()),
                    than("reports.says.year", m.received(), lastYear.of().received())));
            says.add(words.t("reports.says.stock", words.number(stock), words.number(m.closed()), words.number(m.reopened()), words.number(m.open())));
            if (here.standing() > 0) {
                says.add(words.t(m.late() == 0 ? "reports.says.none-late" : "reports.says.late", words.number(here.standing()), words.number(m.late()))
                        + here.onTime().map(rate -> words.t("reports.says.on-time", rate.toPlainString())).orElse("")
                        + m.toClosing().median().map(time -> words.t("reports.says.median", words.time(time))).orElse("") + words.t("reports.says.end"));
            }
            if (m.answered() > 0 || said.saidWhetherResolved(m) > 0) {
                says.add(words.t("reports.says.answered", words.number(m.answered()), words.number(said.satisfied(m)))
                        + here.satisfied().map(rate -> words.t("reports.says.satisfied", rate.toPlainString())).orElse("")
                        + words.t("reports.says.solved", words.number(said.saidWhetherResolved(m)), words.number(said.resolved(m)))
                        + here.resolved().map(rate -> words.t("reports.says.resolved", rate.toPlainString())).orElse("") + words.t("reports.says.end"));
            }
            return says;
        }

        private String date(LocalDate day) {
            return Period.of(Period.Length.DAY, day).name(words);
        }

        private String than(String key, long n, long other) {
            return words.t(key, n == other ? words.t("figures.same") : words.t(n > other ? "reports.more" : "reports.fewer", words.number(Math.abs(n - other))));
        }

        // ---- tables

        private Table compared(long stock, Rates here, Rates earlier, Rates lastYear) {
            List<Head> heads = List.of(Head.of(words.t("figures.what")), Head.of(words.t("figures.this-period")), Head.of(words.t("reports.before." + whole.length().code())),
                    Head.of(words.t("figures.change")), Head.of(words.t("figures.last-year")), Head.of(words.t("figures.change")));
            List<Table.Row> rows = new ArrayList<>();
            rows.add(new Table.Row(words.t("figures.opening"), "", List.of(number(stock), nothing(), nothing(), nothing(), nothing())));
            Map<String, ToLongFunction<Measures>> counts = new LinkedHashMap<>();
            counts.put("received", Measures::received);
            counts.put("closed", Measures::closed);
            counts.put("reopened", Measures::reopened);
            counts.put("open", Measures::open);
            counts.put("late", Measures::late);
            counts.forEach((figure, which) -> {
                long n = which.applyAsLong(here.of());
                long b = which.applyAsLong(earlier.of());
                long y = which.applyAsLong(lastYear.of());
                rows.add(new Table.Row(words.t("figures." + figure), "", List.of(number(n), number(b), changed(n, b), number(y), changed(n, y))));
            });
            if (staff && !whole.over(today)) {
                long over = overLimit.count(new OverLimit.Asked(whose instanceof Whose.Place(String code) ? code : "", cut == Question.Cut.THEN,
                        whose instanceof Whose.Unit(UUID unit) ? Optional.of(unit) : Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty()));
                rows.add(new Table.Row(words.t("figures.over"), "", List.of(number(over), nothing(), nothing(), nothing(), nothing())));
            }
            Map<String, Function<Rates, Optional<BigDecimal>>> shares = new LinkedHashMap<>();
            shares.put("on-time", Rates::onTime);
            shares.put("satisfied", Rates::satisfied);
            shares.put("resolved", Rates::resolved);
            shares.forEach((figure, which) -> {
                Optional<BigDecimal> n = which.apply(here);
                Optional<BigDecimal> b = which.apply(earlier);
                Optional<BigDecimal> y = which.apply(lastYear);
                rows.add(new Table.Row(words.t("figures." + figure), "", List.of(rate(n), rate(b), moved(n, b), rate(y), moved(n, y))));
            });
            Optional<BigDecimal> signed = response(now);
            Optional<BigDecimal> signedBefore = response(before);
            Optional<BigDecimal> signedThatYear = response(year);
            rows.add(new Table.Row(words.t("figures.response"), "", List.of(rate(signed), rate(signedBefore), moved(signed, signedBefore), rate(signedThatYear), moved(signed, signedThatYear))));
            Map<String, Function<Rates, Optional<Duration>>> times = new LinkedHashMap<>();
            times.put("median", r -> r.of().toClosing().median());
            times.put("p90", r -> r.of().toClosing().p90());
            times.put("acceptance", r -> r.of().toAcceptance().median());
            times.forEach((figure, which) -> rows.add(new Table.Row(words.t("figures." + figure), "",
                    List.of(time(which.apply(here)), time(which.apply(earlier)), nothing(), time(which.apply(lastYear)), nothing()))));
            return new Table("compared", words.t("reports.by.compared"), heads, rows,
                    words.t("reports.compared-days", date(before.from()), date(before.to()), date(year.from()), date(year.to())));
        }

        private Optional<BigDecimal> response(Period period) {
            Responses.InTime signed = responses.of(whose, period.from(), period.to(), Only.ALL, cut);
            return Words.percent(signed.inTime(), signed.due(), signed.least());
        }

        private Table places(String place, Pair pair) {
            List<String> there = (cut == Question.Cut.THEN ? divisions.childrenBetween(place, now.from(), now.to()) : divisions.children(place)).stream().map(org.heshi.divisions.Division::code).toList();
            Map<String, Rates> rows = rows(pair, there);
            if (rows.size() == 1 && rows.containsKey("")) {
                rows.clear();
            }
            Map<String, String> names = divisions.namesEver(rows.keySet().stream().filter(code -> !code.isEmpty()).toList());
            return parts("places", rows, code -> code.isEmpty() ? words.t("figures.at-the-place") : names.getOrDefault(code, code));
        }

        /** In the order of the codes; what has none at the end. */
        private Table parts(String name, Map<String, Rates> rows, Function<String, String> names) {
            List<Head> heads = List.of(Head.of(words.t("figures.of." + name)), Head.of(words.t("figures.received")), Head.of(words.t("figures.closed")),
                    Head.of(words.t("figures.open")), Head.of(words.t("figures.late")), new Head(words.t("figures.on-time"), "%"),
                    new Head(words.t("figures.median"), words.t("figures.unit-hours")), new Head(words.t("figures.satisfied"), "%"));
            List<Table.Row> lines = new ArrayList<>();
            List<Map.Entry<String, Rates>> order = new ArrayList<>(rows.entrySet().stream().filter(one -> !one.getKey().isEmpty()).toList());
            rows.entrySet().stream().filter(one -> one.getKey().isEmpty()).forEach(order::add);
            order.forEach(one -> {
                Measures m = one.getValue().of();
                lines.add(new Table.Row(names.apply(one.getKey()), "", List.of(number(m.received()), number(m.closed()), number(m.open()), number(m.late()),
                        rate(one.getValue().onTime()), time(m.toClosing().median()), rate(one.getValue().satisfied()))));
            });
            return new Table(name, words.t("reports.by." + name), heads, lines, "");
        }

        private Table outcomes(Answer answer) {
            long all = answer.total().closed();
            List<Head> heads = List.of(Head.of(words.t("reports.of.outcomes")), Head.of(words.t("figures.closed")), new Head(words.t("reports.share"), "%"),
                    new Head(words.t("figures.median"), words.t("figures.unit-hours")));
            return new Table("outcomes", words.t("reports.by.outcomes"), heads, answer.rows().stream().filter(row -> row.measures().closed() > 0 && !row.key().isEmpty())
                    .map(row -> new Table.Row(outcome(row.key()), "", List.of(number(row.measures().closed()), rate(Words.percent(row.measures().closed(), all, said.least())),
                            time(row.measures().toClosing().median())))).toList(), "");
        }

        private Table units(Map<String, Rates> rows) {
            Map<UUID, Unit> names = directory.units(rows.keySet().stream().flatMap(key -> Ids.find(key).stream()).toList());
            List<Head> heads = List.of(Head.of(words.t("figures.of.units")), Head.of(words.t("figures.closed")), Head.of(words.t("figures.late")),
                    new Head(words.t("figures.on-time"), "%"), new Head(words.t("figures.median"), words.t("figures.unit-hours")),
                    new Head(words.t("figures.charged"), words.t("figures.unit-hours")), new Head(words.t("figures.satisfied"), "%"), new Head(words.t("figures.resolved"), "%"));
            return new Table("units", words.t("reports.by.units"), heads, rows.entrySet().stream().filter(one -> one.getValue().of().closed() > 0 || one.getValue().of().chargedMillis() > 0)
                    .map(one -> {
                        Measures m = one.getValue().of();
                        String name = one.getKey().isEmpty() ? words.t("figures.no-unit") : Ids.find(one.getKey()).map(names::get).map(Unit::name).orElse(one.getKey());
                        return new Table.Row(name, "", List.of(number(m.closed()), number(m.late()), rate(one.getValue().onTime()), time(m.toClosing().median()),
                                time(m.chargedMillis() == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(m.chargedMillis()))), rate(one.getValue().satisfied()),
                                rate(one.getValue().resolved())));
                    }).sorted(java.util.Comparator.comparing(Table.Row::name, java.text.Collator.getInstance(Locale.CHINA))).toList(), "");
        }

        private Table course(Answer answer) {
            boolean months = whole.length() == Period.Length.QUARTER;
            Map<String, Measures> known = new HashMap<>();
            answer.rows().forEach(row -> known.put(row.key(), row.measures()));
            List<Table.Row> rows = new ArrayList<>();
            for (LocalDate day = now.from(); !day.isAfter(now.to()); day = months ? day.plusMonths(1) : day.plusDays(1)) {
                Measures m = known.getOrDefault(months ? YearMonth.from(day).toString() : day.toString(), Measures.NOTHING);
                rows.add(new Table.Row(months ? Period.of(Period.Length.MONTH, day).name(words) : words.t("reports.day-and-weekday", Integer.toString(day.getMonthValue()),
                        Integer.toString(day.getDayOfMonth()), words.t("reports.weekday." + day.getDayOfWeek().getValue())), "",
                        List.of(number(m.received()), number(m.closed()), number(m.open()))));
            }
            return new Table("course", words.t(months ? "reports.by.months" : "reports.by.days"), List.of(Head.of(words.t(months ? "figures.month" : "figures.day")),
                    Head.of(words.t("figures.received")), Head.of(words.t("figures.closed")), Head.of(words.t("figures.open"))), rows, "");
        }

        private String outcome(String code) {
            if (code.equals("reopened")) {
                return words.t("figures.outcome.reopened");
            }
            return kinds.values().stream().filter(kind -> kind.outcomes().containsKey(code)).findFirst().map(kind -> kind.outcomes().get(code).in(words.locale())).orElse(code);
        }

        private String categoryName(String code) {
            return code.isEmpty() ? words.t("figures.no-category") : categories.find(code)
                    .map(one -> Locale.ENGLISH.getLanguage().equals(words.locale().getLanguage()) ? one.nameEn() : one.name()).orElse(code);
        }

        // ---- cells

        private Cell number(long n) {
            return new Cell(words.number(n), n, "", -1);
        }

        private Cell changed(long n, long other) {
            String by = words.number(Math.abs(n - other));
            String text = n == other ? words.t("figures.same") : words.t(n > other ? "figures.more" : "figures.fewer", by)
                    + Words.percent(Math.abs(n - other), other, said.least()).map(p -> words.t("figures.percent-in", p.toPlainString())).orElse("");
            return new Cell(text, n - other, "", -1);
        }

        private Cell rate(Optional<BigDecimal> rate) {
            return rate.map(p -> new Cell(p.toPlainString() + "%", p, "", -1)).orElseGet(One::nothing);
        }

        /** By how many points of a hundred. */
        private Cell moved(Optional<BigDecimal> n, Optional<BigDecimal> other) {
            if (n.isEmpty() || other.isEmpty()) {
                return nothing();
            }
            BigDecimal by = n.get().subtract(other.get());
            String text = by.signum() == 0 ? words.t("figures.same") : words.t(by.signum() > 0 ? "reports.points-more" : "reports.points-fewer", by.abs().toPlainString());
            return new Cell(text, by, "", -1);
        }

        private Cell time(Optional<Duration> time) {
            return time.map(t -> new Cell(words.time(t), Words.hours(t), "", -1)).orElseGet(One::nothing);
        }

        private static Cell nothing() {
            return new Cell(NO_CELL, "", "", -1);
        }
    }

    /** The moment up to which a report is counted, to the second. */
    public static String toTheSecond(Instant moment, Words words) {
        var at = CivilTime.of(moment);
        return words.t("reports.moment", Period.of(Period.Length.DAY, at.toLocalDate()).name(words), "%02d:%02d:%02d".formatted(at.getHour(), at.getMinute(), at.getSecond()));
    }
}
