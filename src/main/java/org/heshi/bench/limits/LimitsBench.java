package org.heshi.bench.limits;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.bench.People;
import org.heshi.boot.database.Server;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bench;
import org.heshi.matters.generate.ManyMatters;
import org.heshi.matters.generate.Rounds;
import org.springframework.stereotype.Component;

/** What limits cost that nobody acts upon: those that come due, and all of them after a notice. No program runs beside it. */
@Component
class LimitsBench implements Bench {

    private static final String COUNTY = "330681";

    private final Server server;
    private final People people;
    private final Directory directory;
    private final Divisions divisions;
    private final ManyMatters many;
    private final Rounds rounds;
    private final InstantSource clock;

    LimitsBench(Server server, People people, Directory directory, Divisions divisions, ManyMatters many, Rounds rounds, InstantSource clock) {
        this.server = server;
        this.people = people;
        this.directory = directory;
        this.divisions = divisions;
        this.many = many;
        this.rounds = rounds;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public String measures() {
        return "Word of so many limits that are due at two sizes of what is open, and the count of all of them after a new notice. "
                + "Options: due=1000, small=10000, large=1000000, runs=5";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        int due = Integer.parseInt(options.getOrDefault("due", "1000"));
        int runs = Integer.parseInt(options.getOrDefault("runs", "5"));
        int[] sizes = {Integer.parseInt(options.getOrDefault("small", "10000")), Integer.parseInt(options.getOrDefault("large", "1000000"))};
        UUID desk = people.named("dispatcher").unit();
        List<UUID> leads = directory.searchUnits("局", COUNTY, 40).stream().filter(u -> u.type() == UnitType.DEPARTMENT).map(Unit::id).toList();
        List<String> towns = divisions.children(COUNTY).stream().map(Division::code).toList();
        List<Figure> figures = new ArrayList<>();
        double[] fastest = new double[2];
        int written = 0;
        int walked;
        do {
            walked = rounds.recount();
        } while (walked > 0);
        for (int size = 0; size < 2; size++) {
            long start = System.nanoTime();
            try (Connection owner = server.connectAsOwner()) {
                many.write(owner, new ManyMatters.Order(written, sizes[size], towns, desk, leads, clock.instant(), true), _ -> System.err.print("."));
            }
            System.err.println();
            written = sizes[size];
            tidy();
            figures.add(new Figure("open matters written by COPY, up to " + written, seconds(start), "s", ""));
            double[] taken = new double[runs];
            // the first at each size warms up what only the first one needs
            for (int run = -1; run < runs; run++) {
                fallDue(due);
                long from = System.nanoTime();
                int told = 0;
                for (int given = rounds.watch(); given > 0; given = rounds.watch()) {
                    told += given;
                }
                if (told != due) {
                    throw new IllegalStateException("word was given of " + told + " limits and not of " + due);
                }
                if (run >= 0) {
                    taken[run] = seconds(from);
                }
            }
            Arrays.sort(taken);
            fastest[size] = taken[0];
            figures.add(new Figure("word of " + due + " limits, " + written + " open", fastest[size], "s", "the fastest of " + runs));
        }
        figures.add(new Figure("growth of a run", fastest[1] / fastest[0], "x", "at most 1.5"));
        figures.addAll(recount(written));
        return figures;
    }

    /** As when a notice has come in: all run by an older edition, and three of four are due on another day by the newest. */
    private List<Figure> recount(int open) throws SQLException {
        statements("update matters.recount set edition = edition - 1");
        statements("update matters.clock set edition = 0");
        tidy();
        long before = moved();
        long from = System.nanoTime();
        long counted = 0;
        long heap = 0;
        for (int batch = rounds.recount(); batch > 0; batch = rounds.recount()) {
            if ((counted + batch) / 50_000 > counted / 50_000) {
                System.err.printf("counted %,d of %,d after %.0f s%n", counted + batch, open, seconds(from));
                heap = Math.max(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            counted += batch;
        }
        double took = seconds(from);
        return List.of(new Figure("limits counted again after a notice", counted, "rows", "all that run"),
                new Figure("of them due on another day than before", before - moved(), "rows", ""),
                new Figure("the count", took, "s", "at most 600 at 1,000,000"),
                new Figure("heap while it counts, at most", heap / 1048576.0, "MB", "of at most 448"));
    }

    /** So many that nobody was told of fall due: those that began first, as in life. */
    private void fallDue(int count) throws SQLException {
        statements("""
                update matters.clock set due_at = now() - interval '1 minute', warn_at = null, started_at = least(started_at, now() - interval '1 hour'),
                  next_at = now() - interval '1 second', edition = (select edition from matters.recount)
                where (matter, name) in (select matter, name from matters.clock where said = 0 order by matter limit %d)
                """.formatted(count));
    }

    /** How many are due on the day to which they were set when they were written. */
    private long moved() throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement(); ResultSet r = s.executeQuery("""
                select count(*) from matters.clock
                where due_at = (date_trunc('day', started_at at time zone 'Asia/Shanghai') + interval '8 days') at time zone 'Asia/Shanghai'
                """)) {
            r.next();
            return r.getLong(1);
        }
    }

    private void tidy() throws SQLException {
        for (String table : List.of("matter", "entry_row", "particular", "holding", "party", "clock")) {
            statements("vacuum (analyze) matters." + table);
        }
    }

    private void statements(String... all) throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            for (String sql : all) {
                s.execute(sql);
            }
        }
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
