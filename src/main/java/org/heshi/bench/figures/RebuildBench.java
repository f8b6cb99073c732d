package org.heshi.bench.figures;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.boot.database.Server;
import org.heshi.kernel.Bench;
import org.heshi.matters.Chains;
import org.heshi.matters.generate.ManyLives;
import org.heshi.statistics.Recount;
import org.springframework.stereotype.Component;

/** All figures counted anew from the log, and compared with it once more. No program runs beside it. */
@Component
class RebuildBench implements Bench {

    private static final String COUNTY = "330681";

    private final Server server;
    private final ManyLives many;
    private final Chains chains;
    private final Recount recount;
    private final InstantSource clock;

    RebuildBench(Server server, ManyLives many, Chains chains, Recount recount, InstantSource clock) {
        this.server = server;
        this.many = many;
        this.chains = chains;
        this.recount = recount;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public String measures() {
        return "All figures counted anew from the log by two readers, then compared with it. Options: size=2100000 entries (the year of a prefecture), size=0 for those that are there, as if none was ever counted";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        int size = Integer.parseInt(options.getOrDefault("size", "2100000"));
        List<Figure> figures = new ArrayList<>();
        if (size > 0) {
            List<String> lives = new ArrayList<>();
            Acting.run(new Actor.Machine("bench"), () -> chains.write(chains.ids(new Chains.Selection(COUNTY, Optional.empty()), Optional.empty(), 1_000), lives::add));
            // the demo's past was brought in, one entry each: those are not lives that somebody led here
            lives.removeIf(life -> life.contains("importer"));
            try (Connection owner = server.connectAsOwner()) {
                many.write(owner, lives, size, clock.instant(), Duration.ofSeconds(20), _ -> System.err.print("."));
                owner.setAutoCommit(true);
                try (Statement s = owner.createStatement()) {
                    s.execute("vacuum analyze matters.entry_row");
                    s.execute("vacuum analyze matters.matter");
                }
            }
            System.err.println();
        } else {
            try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
                s.execute("truncate statistics.life, statistics.cube, statistics.pending");
            }
        }
        figures.add(run("counted anew into what was there before", true));
        figures.add(run("counted anew where all is right already", true));
        figures.add(run("compared", false));
        return figures;
    }

    private Figure run(String name, boolean mend) throws Exception {
        long start = System.nanoTime();
        Duration java = java();
        Duration database = database();
        Recount.Outcome outcome = recount.run(mend, _ -> { });
        double seconds = (System.nanoTime() - start) / 1e9;
        double javaTook = java().minus(java).toMillis() / 1e3;
        double databaseTook = database().minus(database).toMillis() / 1e3;
        if (!mend && !outcome.same()) {
            throw new IllegalStateException("the figures are not what the log says: " + outcome);
        }
        return new Figure(name, outcome.entries() / seconds, "entries/s", "%,d matters, %,d entries in %.1f s; of processor time Java %.1f s, PostgreSQL %.1f; at least 200,000 entries/s"
                .formatted(outcome.matters(), outcome.entries(), seconds, javaTook, databaseTook));
    }

    private static Duration java() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Of all connections, which the program keeps open. */
    private Duration database() throws Exception {
        Duration sum = Duration.ZERO;
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement();
             ResultSet r = s.executeQuery("select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")) {
            while (r.next()) {
                sum = sum.plus(Bench.processorTime(r.getLong(1)));
            }
        }
        return sum;
    }
}
