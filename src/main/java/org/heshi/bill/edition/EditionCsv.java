package org.heshi.bill.edition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.Csv;

/** An edition as lines of CSV: what is not told is an empty cell beside a column that says so. The digest of an edition is that of these lines. */
public final class EditionCsv {

    /** One column as the schema describes it. */
    public record Column(String name, String type) {
    }

    private static final List<String> COUNTS = List.of("received", "solved", "otherwise", "satisfied", "dissatisfied");

    /** In order. */
    public static final List<Column> COLUMNS = columns();

    private EditionCsv() {
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(new Column("month", "yearmonth"), new Column("town_code", "string"), new Column("town", "string"),
                new Column("category_code", "string"), new Column("category", "string"), new Column("category_en", "string")));
        COUNTS.subList(0, 3).forEach(count -> columns.add(new Column("listed_" + count, "integer")));
        COUNTS.forEach(count -> {
            columns.add(new Column(count, "integer"));
            columns.add(new Column(count + "_status", "string"));
        });
        columns.add(new Column("median_hours", "number"));
        columns.add(new Column("p90_hours", "number"));
        columns.add(new Column("k", "integer"));
        columns.add(new Column("counted_at", "datetime"));
        return List.copyOf(columns);
    }

    public static String heading() {
        return Csv.line(COLUMNS.stream().map(Column::name).toList());
    }

    /** Writes the lines of a month, the totals first. */
    public static void write(Part part, Appendable out) {
        try {
            for (int town = 0; town < part.towns().size(); town++) {
                for (int category = 0; category < part.categories().size(); category++) {
                    out.append(Csv.line(line(part, town, category)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> line(Part part, int town, int category) {
        Part.Cell cell = part.cell(town, category);
        Part.Line t = part.towns().get(town);
        Part.Line c = part.categories().get(category);
        List<String> line = new ArrayList<>(List.of(part.month().toString(), code(t), t.name(), code(c), c.name(), c.nameEn()));
        Part.Listed listed = cell.listed();
        for (int count : new int[] {listed.received(), listed.solved(), listed.otherwise()}) {
            line.add(Integer.toString(count));
        }
        for (int count : new int[] {cell.received(), cell.solved(), cell.otherwise(), cell.content(), cell.discontent()}) {
            line.add(count >= 0 ? Integer.toString(count) : "");
            line.add(count >= 0 ? "told" : count == Part.AT_MOST ? "at-most-k" : "not-told");
        }
        line.add(hours(cell.median()));
        line.add(hours(cell.p90()));
        line.add(Integer.toString(part.k()));
        line.add(part.countedAt().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
        return line;
    }

    /** An empty cell is a missing value to whoever reads it: what has no town or category is {@code none}. */
    private static String code(Part.Line line) {
        return line.code().isEmpty() ? "none" : line.code();
    }

    private static String hours(Optional<Long> seconds) {
        return seconds.map(s -> BigDecimal.valueOf(s).divide(BigDecimal.valueOf(3600), 1, RoundingMode.HALF_UP).toPlainString()).orElse("");
    }

    static String digest(List<Part> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(heading().getBytes(StandardCharsets.UTF_8));
            for (Part part : parts) {
                StringBuilder lines = new StringBuilder();
                write(part, lines);
                digest.update(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
