package org.heshi.exchange.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.heshi.kernel.XlsxInspection;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the rows of a sheet in through the action {@code import}, each once: what was taken in is known again by what it says, so an import that broke off
 * goes on where it stopped. A check does all of it and takes it back. Every row is given back with what came of it.
 */
@Component
class ImportSheet {

    private static final Logger LOG = LoggerFactory.getLogger(ImportSheet.class);
    private static final Actor IMPORTER = new Actor.Machine("importer");
    private static final int BATCH = 100;
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Map<String, String> LEVELS = Map.of("蓝", "blue", "黄", "yellow", "红", "red", "蓝色", "blue", "黄色", "yellow", "红色", "red");
    private static final Map<String, String> CHANNELS = Map.ofEntries(Map.entry("网上", "web"), Map.entry("窗口", "window"), Map.entry("电话", "phone"),
            Map.entry("12345 热线", "hotline-12345"), Map.entry("12345热线", "hotline-12345"), Map.entry("网格巡查", "grid"), Map.entry("来信", "letter"),
            Map.entry("其他单位转来", "agency"), Map.entry("法院委派委托", "court"), Map.entry("感知设备", "sensor"), Map.entry("历史数据导入", "import"));

    private final Matters matters;
    private final MatterRows rows;
    private final Directory directory;
    private final Divisions divisions;
    private final Categories categories;
    private final MessageSource words;
    private final InstantSource clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ImportSheet(Matters matters, MatterRows rows, Directory directory, Divisions divisions, Categories categories, MessageSource words, InstantSource clock,
            JdbcClient jdbc, TransactionTemplate transactions) {
        this.matters = matters;
        this.rows = rows;
        this.directory = directory;
        this.divisions = divisions;
        this.categories = categories;
        this.words = words;
        this.clock = clock;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** @param added or, of a check, would be */
    record Came(long rows, long added, long known, long wrong) {
    }

    /** What became of one row. */
    sealed interface Of {

        Line line();

        record Added(Line line, String number) implements Of {
        }

        record Known(Line line) implements Of {
        }

        record Wrong(Line line, List<Refusal> reasons) implements Of {
        }
    }

    /**
     * @param division the place whose centre takes them in, and in which they all lie
     * @param source   stands as the source of rows that name none: who took them in
     * @param check    whether nothing is kept
     * @param back     where the sheet is given back
     * @throws XlsxInspection.Unreadable when it is no sheet that can be read
     */
    Came from(Path file, String division, String source, boolean check, OutputStream back, Locale locale, LongConsumer done) throws IOException {
        Run run = new Run(division, source, check, directory.centreFor(division)
                .orElseThrow(() -> new NoSuchElementException("no centre takes matters of " + division)).id());
        try (SheetReader reader = SheetReader.open(file)) {
            Locale said = reader.english() ? Locale.ENGLISH : locale;
            try (GivenBack given = new GivenBack(back, reader.columns(), reader.english(),
                    List.of(words.getMessage("sheet.result", null, said), words.getMessage("sheet.number", null, said)))) {
                List<Line> batch = new ArrayList<>(BATCH);
                for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                    batch.add(line.get());
                    if (batch.size() == BATCH) {
                        run.take(batch, given, said);
                        done.accept(batch.size());
                        batch.clear();
                    }
                }
                run.take(batch, given, said);
                done.accept(batch.size());
            }
            return new Came(run.added + run.known + run.wrong, run.added, run.known, run.wrong);
        }
    }

    String reason(Refusal refusal, Locale locale) {
        String key = refusal.code().startsWith("sheet-") ? "sheet.fault." + refusal.code().substring(6) : "refusal." + refusal.code();
        String text = words.getMessage(key, refusal.arguments().stream().map(arg -> arg instanceof Bilingual both ? both.in(locale) : arg).toArray(), locale);
        Optional<Column> column = java.util.Arrays.stream(Column.values()).filter(one -> one.name().equals(refusal.field())).findFirst();
        return column.map(one -> one.in(locale.getLanguage().equals("en")) + (locale.getLanguage().equals("en") ? ": " : "：") + text).orElse(text);
    }

    private final class Run {

        private final String division;
        private final String source;
        private final boolean check;
        private final UUID centre;
        private final Map<String, MatterRows.Kind> kinds = new LinkedHashMap<>();
        private final Map<String, Optional<String>> places = new HashMap<>();
        private final Map<String, Optional<String>> named = new HashMap<>();
        private final Map<String, Optional<UUID>> units = new HashMap<>();
        private long added;
        private long known;
        private long wrong;

        Run(String division, String source, boolean check, UUID centre) {
            this.division = division;
            this.source = source;
            this.check = check;
            this.centre = centre;
            for (MatterRows.Kind kind : rows.kinds()) {
                if (!kind.internal()) {
                    kinds.put(kind.code(), kind);
                    kinds.put(kind.title().zh(), kind);
                    kinds.put(kind.title().en().toLowerCase(Locale.ROOT), kind);
                }
            }
        }

        void take(List<Line> batch, GivenBack given, Locale locale) throws IOException {
            List<Of> all;
            try {
                all = together(batch);
            } catch (DataAccessException e) {
                LOG.debug("a batch did not go in; its rows go in one by one", e);
                all = new ArrayList<>();
                for (Line line : batch) {
                    all.add(alone(line));
                }
            }
            for (Of one : all) {
                switch (one) {
                    case Of.Added(Line line, String number) -> {
                        added++;
                        given.row(line, List.of(words.getMessage(check ? "sheet.would-be-added" : "sheet.added", null, locale), check ? "" : number));
                    }
                    case Of.Known(Line line) -> {
                        known++;
                        given.row(line, List.of(words.getMessage("sheet.known", null, locale), ""));
                    }
                    case Of.Wrong(Line line, List<Refusal> reasons) -> {
                        wrong++;
                        given.row(line, List.of(words.getMessage("sheet.wrong", new Object[] {reasons.stream().map(reason -> reason(reason, locale))
                                .collect(Collectors.joining(locale.getLanguage().equals("en") ? "; " : "；"))}, locale), ""));
                    }
                }
            }
        }

        private Of alone(Line line) {
            try {
                return together(List.of(line)).getFirst();
            } catch (DataAccessException e) {
                LOG.error("row {} was refused by the database", line.number(), e);
                return new Of.Wrong(line, List.of(Refusal.of("sheet-database")));
            }
        }

        private List<Of> together(List<Line> lines) {
            return Objects.requireNonNull(Acting.as(IMPORTER, () -> transactions.execute(status -> {
                List<Of> all = new ArrayList<>();
                for (Line line : lines) {
                    all.add(one(line));
                }
                if (check) {
                    status.setRollbackOnly();
                }
                return all;
            })));
        }

        private Of one(Line line) {
            List<Refusal> refusals = new ArrayList<>(line.troubles());
            Map<String, Object> input = new HashMap<>();
            Optional<MatterRows.Kind> kind = Optional.ofNullable(kinds.get(line.get(Column.KIND).toLowerCase(Locale.ROOT)));
            input(line, kind, input, refusals);
            if (!refusals.isEmpty()) {
                return new Of.Wrong(line, refusals);
            }
            byte[] digest = Draft.digest(division, line);
            if (jdbc.sql("select exists (select from exchange.imported where digest = ?)").param(digest).query(Boolean.class).single()) {
                return new Of.Known(line);
            }
            return switch (matters.act(new Act(Optional.empty(), kind.orElseThrow().code(), "import", input, 0, HexFormat.of().formatHex(digest)))) {
                case Answer.Done done -> {
                    jdbc.sql("insert into exchange.imported (digest, matter) values (?, ?)").params(digest, done.matter()).update();
                    yield new Of.Added(line, done.number().shown());
                }
                case Answer.Refused(List<Refusal> reasons) -> new Of.Wrong(line, reasons.stream().map(Run::placed).toList());
                case Answer.Stale stale -> throw new IllegalStateException("a new matter cannot be stale: " + stale);
            };
        }

        private static Refusal placed(Refusal refusal) {
            String column = switch (refusal.field()) {
                case "title" -> "TITLE";
                case "description" -> "TEXT";
                case "occurred-at" -> "RECEIVED";
                case "answer" -> "ANSWER";
                case "answered-at" -> "ANSWERED";
                case "place-words" -> "WHERE";
                case "name" -> "NAME";
                case "phone" -> "PHONE";
                case "source" -> "SOURCE";
                default -> refusal.field();
            };
            return new Refusal(refusal.code(), column, refusal.arguments());
        }

        private void input(Line line, Optional<MatterRows.Kind> kind, Map<String, Object> input, List<Refusal> refusals) {
            for (Column column : Column.values()) {
                if (column.needed() && line.get(column).isEmpty() && line.troubles().stream().noneMatch(trouble -> trouble.field().equals(column.name()))) {
                    refusals.add(Refusal.at(column.name(), "required"));
                }
            }
            if (line.cells().values().stream().anyMatch(text -> text.indexOf(0) >= 0)) {
                refusals.add(Refusal.of("sheet-error", line.number()));
            }
            put(input, "title", line.get(Column.TITLE));
            put(input, "description", line.get(Column.TEXT));
            put(input, "place-words", line.get(Column.WHERE));
            put(input, "name", line.get(Column.NAME));
            put(input, "phone", line.get(Column.PHONE));
            put(input, "source", line.get(Column.SOURCE).isEmpty() ? source : line.get(Column.SOURCE));
            Optional<Instant> received = time(line, Column.RECEIVED, refusals);
            received.ifPresent(at -> input.put("occurred-at", at.toString()));
            if (kind.isEmpty() && !line.get(Column.KIND).isEmpty()) {
                refusals.add(Refusal.at(Column.KIND.name(), "sheet-unknown", line.get(Column.KIND)));
            }
            said(line, Column.LEVEL, word -> Optional.ofNullable(LEVELS.getOrDefault(word, List.of("blue", "yellow", "red").contains(word) ? word : null)), "level", input, refusals);
            said(line, Column.CHANNEL, word -> Optional.ofNullable(CHANNELS.getOrDefault(word, CHANNELS.containsValue(word) ? word : null)), "channel", input, refusals);
            said(line, Column.CATEGORY, this::category, "category", input, refusals);
            input.put("place", division);
            said(line, Column.PLACE, this::place, "place", input, refusals);
            said(line, Column.LEAD, name -> unit(name).map(UUID::toString), "lead", input, refusals);
            kind.ifPresent(known -> arrival(line, known, received, input, refusals));
        }

        /** In which state it arrives: answered when there is an answer, else where everything of its kind begins. */
        private void arrival(Line line, MatterRows.Kind kind, Optional<Instant> received, Map<String, Object> input, List<Refusal> refusals) {
            List<String> states = List.copyOf(kind.states().keySet());
            boolean answered = !line.get(Column.ANSWER).isEmpty();
            String end = states.contains("answered") ? "answered" : "closed";
            input.put("state", answered ? end : states.contains("registered") ? "registered" : states.getFirst());
            if (!answered) {
                if (!line.get(Column.ANSWERED).isEmpty() || !line.get(Column.OUTCOME).isEmpty()) {
                    refusals.add(Refusal.at(Column.ANSWER.name(), "required"));
                }
                return;
            }
            input.put("answer", line.get(Column.ANSWER));
            Optional<Instant> at = time(line, Column.ANSWERED, refusals);
            if (at.isPresent() && received.isPresent() && at.get().isBefore(received.get())) {
                refusals.add(Refusal.at(Column.ANSWERED.name(), "sheet-backwards"));
            }
            at.or(() -> received).ifPresent(then -> input.put("answered-at", then.toString()));
            // whoever checks the answer may send it back: then somebody must be there to do it again
            input.putIfAbsent("lead", centre.toString());
            if (end.equals("closed")) {
                input.put("outcome", "explained");
            }
            said(line, Column.OUTCOME, word -> kind.outcomes().entrySet().stream().filter(one -> one.getKey().equals(word) || one.getValue().zh().equals(word)
                    || one.getValue().en().equalsIgnoreCase(word)).map(Map.Entry::getKey).findFirst(), "outcome", input, refusals);
            if (!end.equals("closed")) {
                // it has none before it is closed
                input.remove("outcome");
            }
        }

        private Optional<Instant> time(Line line, Column column, List<Refusal> refusals) {
            if (line.get(column).isEmpty()) {
                return Optional.empty();
            }
            Optional<Instant> at = Draft.time(line.get(column));
            if (at.isEmpty() || at.get().isBefore(EARLIEST)) {
                refusals.add(Refusal.at(column.name(), "sheet-no-time", line.get(column)));
                return Optional.empty();
            }
            if (at.get().isAfter(clock.instant())) {
                refusals.add(Refusal.at(column.name(), "in-the-future"));
            }
            return at;
        }

        private static void put(Map<String, Object> input, String field, String value) {
            if (!value.isEmpty()) {
                input.put(field, value);
            }
        }

        private interface Meaning {
            Optional<String> of(String word);
        }

        private static void said(Line line, Column column, Meaning meaning, String field, Map<String, Object> input, List<Refusal> refusals) {
            String word = line.get(column);
            if (!word.isEmpty()) {
                meaning.of(word).ifPresentOrElse(value -> input.put(field, value), () -> refusals.add(Refusal.at(column.name(), "sheet-unknown", word)));
            }
        }

        private Optional<String> category(String word) {
            return named.computeIfAbsent(word, _ -> (word.matches("([0-9]{2}){1,3}") ? categories.find(word)
                    : word.contains("/") ? categories.findPath(List.of(word.strip().split("\\s*/\\s*"))) : categories.findByName(word)).map(Category::code));
        }

        /** By code, or by a name that only one place below has. */
        private Optional<String> place(String word) {
            return places.computeIfAbsent(word, _ -> {
                if (word.matches("[0-9]{2,17}")) {
                    return divisions.find(word).map(Division::code).filter(code -> code.startsWith(division));
                }
                List<Division> found = divisions.search(word, division, 20).stream().filter(one -> one.name().equals(word) || divisions.fullName(one.code()).endsWith(word)).toList();
                return found.size() == 1 ? Optional.of(found.getFirst().code()) : found.stream().filter(one -> divisions.fullName(one.code()).equals(word)).map(Division::code).findFirst();
            });
        }

        private Optional<UUID> unit(String name) {
            return units.computeIfAbsent(name, _ -> {
                List<Unit> found = directory.searchUnits(name, division, 20).stream().filter(unit -> unit.name().equals(name)).toList();
                return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
            });
        }
    }
}
