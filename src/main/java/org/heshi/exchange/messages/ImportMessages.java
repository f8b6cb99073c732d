package org.heshi.exchange.messages;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.Directory;
import org.heshi.exchange.csv.CsvReader;
import org.heshi.exchange.csv.CsvRow;
import org.heshi.exchange.csv.Encoding;
import org.heshi.exchange.csv.RejectedRows;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes messages of another board in through the action {@code import}, each once. A faulty row is written down with its line and its reasons
 * and harms no other. Who acts must be the machine {@code importer}.
 */
@Lazy
@Component
class ImportMessages {

    static final int BATCH = 100;
    private static final Logger LOG = LoggerFactory.getLogger(ImportMessages.class);

    private final Matters matters;
    private final MatterRows matterRows;
    private final Directory directory;
    private final Categories categories;
    private final MessageSource words;
    private final InstantSource clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ImportMessages(Matters matters, MatterRows matterRows, Directory directory, Categories categories, MessageSource words, InstantSource clock, JdbcClient jdbc,
            TransactionTemplate transactions) {
        this.matters = matters;
        this.matterRows = matterRows;
        this.directory = directory;
        this.categories = categories;
        this.words = words;
        this.clock = clock;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * What came of a file.
     *
     * @param known      were here already
     * @param unknown    categories that are not in the tree, with how many messages named each; those messages went in without one
     * @param rejected   rows that did not go in
     * @param rejectedIn where they are written down
     */
    record Came(long added, long answered, long known, Map<String, Long> unknown, long rejected, Optional<Path> rejectedIn, Charset encoding) {
    }

    /** @param done is told how many more rows were looked at */
    Came from(Path file, String division, String kind, LongConsumer done) throws IOException {
        Charset encoding = Encoding.of(file);
        Run run = new Run(division, kind, arrival(kind), directory.centreFor(division)
                .orElseThrow(() -> new NoSuchElementException("no centre takes matters of " + division)).id());
        try (CsvReader reader = CsvReader.open(file, encoding); RejectedRows rejected = new RejectedRows(file, words)) {
            Heading heading = heading(file, reader);
            List<Numbered> batch = new ArrayList<>(BATCH);
            for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                switch (row.get()) {
                    case CsvRow.Bad bad -> rejected.add(bad.line(), List.of(Refusal.of(code(bad.fault()))), bad.start());
                    case CsvRow.Good good -> {
                        switch (MessageRow.read(heading, good.fields(), clock.instant())) {
                            case MessageRow.Bad bad -> rejected.add(good.line(), bad.reasons().stream().map(Refusal::of).toList(),
                                    beginning(heading.in(good.fields(), "title")));
                            case MessageRow.Good(Message message) -> batch.add(new Numbered(good.line(), message));
                        }
                    }
                }
                if (batch.size() == BATCH) {
                    run.take(batch, rejected);
                    batch.clear();
                }
                done.accept(1);
            }
            run.take(batch, rejected);
            return new Came(run.added, run.answered, run.known, run.unknown, rejected.rows(), rejected.file(), encoding);
        }
    }

    /** The states in which messages arrive, in the words of the kind's procedure. */
    private record Arrival(String open, String answered, boolean answeredIsEnd) {
    }

    private Arrival arrival(String kind) {
        List<String> states = List.copyOf(matterRows.kinds().stream().filter(known -> known.code().equals(kind)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no kind " + kind)).states().keySet());
        String open = states.contains("registered") ? "registered" : states.getFirst();
        return states.contains("answered") ? new Arrival(open, "answered", false) : new Arrival(open, "closed", true);
    }

    private static Heading heading(Path file, CsvReader reader) throws IOException {
        Optional<CsvRow> first = reader.next();
        if (first.isEmpty()) {
            throw new IOException(file.getFileName() + " is empty");
        }
        if (!(first.get() instanceof CsvRow.Good good)) {
            throw new IOException(file.getFileName() + ", line " + first.get().line() + ": the heading cannot be read");
        }
        Heading heading = Heading.of(good.fields());
        if (!heading.missing().isEmpty()) {
            throw new IOException("%s has no column %s; known columns: %s".formatted(file.getFileName(), String.join(", ", heading.missing()),
                    String.join(", ", Heading.KNOWN.stream().sorted().toList())));
        }
        reader.expect(heading.width());
        return heading;
    }

    private static String code(CsvRow.Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String beginning(String title) {
        return title.codePointCount(0, title.length()) <= 60 ? title : title.substring(0, title.offsetByCodePoints(0, 60));
    }

    private record Numbered(long line, Message message) {
    }

    private record Faulty(long line, List<Refusal> reasons, String start) {
    }

    /** What came of some rows; counted only when their transaction is. */
    private record Taken(long added, long answered, long known, Map<String, Long> unknown, List<Faulty> faulty) {
    }

    private final class Run {

        private final String division;
        private final String kind;
        private final Arrival arrival;
        private final UUID centre;
        private final Map<String, Long> unknown = new TreeMap<>();
        private final Map<String, Optional<Category>> named = new HashMap<>();
        private long added;
        private long answered;
        private long known;

        Run(String division, String kind, Arrival arrival, UUID centre) {
            this.division = division;
            this.kind = kind;
            this.arrival = arrival;
            this.centre = centre;
        }

        void take(List<Numbered> batch, RejectedRows rejected) throws IOException {
            if (batch.isEmpty()) {
                return;
            }
            try {
                count(together(batch), rejected);
            } catch (DataAccessException e) {
                LOG.debug("a batch did not go in; its rows go in one by one", e);
                for (Numbered row : batch) {
                    alone(row, rejected);
                }
            }
        }

        /** The database refused the batch: each of its rows gets a transaction, and only the one that it means is written down. */
        private void alone(Numbered row, RejectedRows rejected) throws IOException {
            try {
                count(together(List.of(row)), rejected);
            } catch (DataAccessException e) {
                LOG.error("line {} was refused by the database", row.line(), e);
                rejected.add(row.line(), List.of(Refusal.of("database")), beginning(row.message().title()));
            }
        }

        private Taken together(List<Numbered> rows) {
            return transactions.execute(_ -> {
                long in = 0;
                long replied = 0;
                long here = 0;
                List<Faulty> faulty = new ArrayList<>();
                Map<String, Long> noSuch = new HashMap<>();
                for (Numbered row : rows) {
                    String digest = row.message().digest();
                    byte[] key = HexFormat.of().parseHex(digest);
                    if (isHere(key)) {
                        here++;
                        continue;
                    }
                    switch (matters.act(new Matters.Act(Optional.empty(), kind, "import", input(row.message()), 0, digest))) {
                        case Matters.Answer.Done(UUID matter, _, _, _, _, _, _) -> {
                            jdbc.sql("insert into exchange.imported (digest, matter) values (?, ?)").params(key, matter).update();
                            in++;
                            replied += row.message().reply().isPresent() ? 1 : 0;
                            row.message().category().filter(name -> category(name).isEmpty()).ifPresent(name -> noSuch.merge(name, 1L, Long::sum));
                        }
                        case Matters.Answer.Refused(List<Refusal> refusals) ->
                            faulty.add(new Faulty(row.line(), refusals, beginning(row.message().title())));
                        case Matters.Answer.Stale stale -> throw new IllegalStateException("a new matter cannot be stale: " + stale);
                    }
                }
                return new Taken(in, replied, here, noSuch, faulty);
            });
        }

        private boolean isHere(byte[] digest) {
            return jdbc.sql("select exists (select from exchange.imported where digest = ?)").param(digest).query(Boolean.class).single();
        }

        private void count(Taken taken, RejectedRows rejected) throws IOException {
            added += taken.added();
            answered += taken.answered();
            known += taken.known();
            taken.unknown().forEach((name, count) -> unknown.merge(name, count, Long::sum));
            for (Faulty row : taken.faulty()) {
                rejected.add(row.line(), row.reasons(), row.start());
            }
        }

        private Map<String, Object> input(Message message) {
            Map<String, Object> input = new HashMap<>();
            input.put("state", message.reply().isPresent() ? arrival.answered() : arrival.open());
            input.put("title", message.title());
            input.put("description", message.text());
            input.put("place", division);
            input.put("occurred-at", message.receivedAt().toString());
            if (!message.sender().isEmpty()) {
                input.put("name", message.sender());
            }
            message.category().ifPresent(name -> category(name).ifPresentOrElse(category -> input.put("category", category.code()),
                    () -> input.put("category-words", name)));
            message.reply().ifPresent(reply -> {
                input.put("answer", reply.text());
                input.put("answered-at", reply.at().toString());
                // Whoever checks the answer may send it back: then somebody must be there to do it again.
                input.put("lead", centre.toString());
                if (arrival.answeredIsEnd()) {
                    input.put("outcome", "explained");
                }
            });
            return input;
        }

        private Optional<Category> category(String name) {
            return named.computeIfAbsent(name, categories::findByName);
        }
    }
}
