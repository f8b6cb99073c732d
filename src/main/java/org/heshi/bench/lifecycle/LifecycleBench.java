package org.heshi.bench.lifecycle;

import java.net.URI;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bench.Load;
import org.heshi.bench.People;
import org.heshi.bench.Wire;
import org.heshi.boot.database.Server;
import org.heshi.directory.Directory;
import org.heshi.kernel.Bench;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.springframework.stereotype.Component;

/** Whole lives of seven actions by 8 clients, three ways in turn, round after round. */
@Component
class LifecycleBench implements Bench {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{4}-[0-9]{5}-[0-9]{4}");

    private final Matters matters;
    private final People people;
    private final Directory directory;
    private final Server server;

    LifecycleBench(Matters matters, People people, Directory directory, Server server) {
        this.matters = matters;
        this.people = people;
        this.directory = directory;
        this.server = server;
    }

    @Override
    public String name() {
        return "lifecycle";
    }

    @Override
    public String measures() {
        return "Lives of a service matter, seven actions, a transaction each: (a) bare SQL with the same rows, bytes and commits, (b) act in process, "
                + "(c) over HTTP, signed in; (d) as (b) without row-level security. Options: base=ADDRESS of the running program, password=of the demo people, clients=8, seconds=15, warm=20 (seconds not counted), "
                + "rounds=3, only=abc, or with d";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        int clients = Integer.parseInt(options.getOrDefault("clients", "8"));
        double seconds = Double.parseDouble(options.getOrDefault("seconds", "15"));
        double warmUp = Double.parseDouble(options.getOrDefault("warm", "20"));
        String ways = options.getOrDefault("only", options.containsKey("base") ? "abc" : "ab");
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "3"));
        Map<String, Actor.Staff> actors = new HashMap<>();
        for (String name : List.of("clerk", "dispatcher", "handler", "verifier")) {
            actors.put(name, people.named(name));
        }
        List<Steps.Step> steps = Steps.of(actors.get("handler").unit().toString());
        BareSql bare = record(steps, actors);
        double[][] rates = new double[4][rounds];
        for (int round = 0; round < rounds; round++) {
            if (ways.contains("a")) {
                rates[0][round] = Load.run(clients, warmUp, seconds, _ -> bare.client(server.connectAsOwner(), () -> { })).rate();
            }
            if (ways.contains("b")) {
                rates[1][round] = Load.run(clients, warmUp, seconds, _ -> inProcess(steps, actors)).rate();
            }
            if (ways.contains("c")) {
                rates[2][round] = Load.run(clients, warmUp, seconds,
                        _ -> overHttp(steps, URI.create(options.get("base")), options.getOrDefault("password", ""))).rate();
            }
            if (ways.contains("d")) {
                rates[3][round] = withoutPolicies(() -> Load.run(clients, warmUp, seconds, _ -> inProcess(steps, actors)).rate());
            }
        }
        double a = median(rates[0]);
        double b = median(rates[1]);
        double c = median(rates[2]);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("a bare SQL", a, "actions/s", clients + " clients, median of " + rounds + " rounds"));
        figures.add(new Figure("b act in process", b, "actions/s", ""));
        figures.add(new Figure("b / a", median(ratios(rates[1], rates[0])), "x", "to reach 0.50"));
        if (ways.contains("c")) {
            figures.add(new Figure("c over HTTP, signed in", c, "actions/s", ""));
            figures.add(new Figure("c / a", median(ratios(rates[2], rates[0])), "x", "to reach 0.30"));
        }
        if (ways.contains("d")) {
            figures.add(new Figure("d act without row-level security", median(rates[3]), "actions/s", "its policies switched off for the time of measuring"));
            figures.add(new Figure("b / d", median(ratios(rates[1], rates[3])), "x", "what row-level security costs"));
        }
        try (Connection owner = server.connectAsOwner(); var s = owner.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit")) {
                var r = s.executeQuery("show " + setting);
                r.next();
                figures.add(new Figure(setting, "on".equals(r.getString(1)) ? 1 : 0, "1 = on", ""));
            }
        }
        return figures;
    }

    /** The bench's own database: nobody else works on it. */
    private double withoutPolicies(Callable<Double> measured) throws Exception {
        try (Connection owner = server.connectAsOwner(); var s = owner.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var r = s.executeQuery("select oid::regclass::text from pg_class where relrowsecurity and relkind = 'r'")) {
                while (r.next()) {
                    tables.add(r.getString(1));
                }
            }
            try {
                for (String table : tables) {
                    s.execute("alter table " + table + " disable row level security");
                }
                return measured.call();
            } finally {
                for (String table : tables) {
                    s.execute("alter table " + table + " enable row level security");
                }
            }
        }
    }

    private static double[] ratios(double[] over, double[] under) {
        double[] ratios = new double[over.length];
        for (int i = 0; i < over.length; i++) {
            ratios[i] = over[i] / under[i];
        }
        return ratios;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** One real life, watched in the tables after each action. */
    private BareSql record(List<Steps.Step> steps, Map<String, Actor.Staff> actors) throws Exception {
        BareSql bare = null;
        UUID id = null;
        try (Connection owner = server.connectAsOwner()) {
            for (int i = 0; i < steps.size(); i++) {
                id = act(steps.get(i), actors, Optional.ofNullable(id), i).matter();
                if (bare == null) {
                    bare = new BareSql(id);
                }
                bare.watch(owner, i + 1);
            }
        }
        if (bare == null) {
            throw new IllegalStateException("no steps");
        }
        return bare;
    }

    private Answer.Done act(Steps.Step step, Map<String, Actor.Staff> actors, Optional<UUID> matter, int version) {
        Map<String, Object> input = new LinkedHashMap<>(step.input());
        String key = UUID.randomUUID().toString();
        Act act = matter.map(id -> Act.on(id, step.action(), input, version, key)).orElseGet(() -> Act.report(step.action(), input, key));
        Answer answer = Acting.as(actors.get(step.who()), () -> matters.act(act));
        if (answer instanceof Answer.Done done) {
            return done;
        }
        throw new IllegalStateException(step.action() + " was not done: " + answer);
    }

    private Load.Client inProcess(List<Steps.Step> steps, Map<String, Actor.Staff> actors) {
        return new Load.Client() {
            private Optional<UUID> id = Optional.empty();
            private int next;

            @Override
            public void once() {
                Answer.Done done = act(steps.get(next), actors, id, next);
                next = (next + 1) % steps.size();
                id = next == 0 ? Optional.empty() : Optional.of(done.matter());
            }
        };
    }

    private final Map<String, Wire> visits = new HashMap<>();

    private synchronized Wire visit(URI base, String who, String password) throws java.io.IOException {
        if (!visits.containsKey(who)) {
            Wire wire = new Wire(base);
            wire.signIn(who, password);
            visits.put(who, wire);
        }
        return visits.get(who);
    }

    private Load.Client overHttp(List<Steps.Step> steps, URI base, String password) throws Exception {
        Map<String, Wire> wires = new HashMap<>();
        for (Steps.Step step : steps) {
            if (!wires.containsKey(step.who())) {
                wires.put(step.who(), visit(base, step.who(), password).another());
            }
        }
        return new Load.Client() {
            private String number = "";
            private int next;

            @Override
            public void once() throws Exception {
                Steps.Step step = steps.get(next);
                Map<String, String> form = new LinkedHashMap<>(step.input());
                form.put("form.version", Integer.toString(next));
                form.put("form.key", UUID.randomUUID().toString());
                Wire wire = wires.get(step.who());
                if (next == 0) {
                    Wire.Answer answer = wire.post("/desk/register", form);
                    Matcher found = NUMBER.matcher(answer.text());
                    if (answer.status() / 100 == 3) {
                        found = NUMBER.matcher(answer.location());
                    }
                    if (!found.find()) {
                        throw new IllegalStateException("register answered " + answer.status());
                    }
                    number = found.group();
                } else {
                    Wire.Answer answer = wire.post("/matters/" + number + "/act/" + step.action(), form);
                    if (answer.status() / 100 != 3) {
                        throw new IllegalStateException(step.action() + " answered " + answer.status() + "\n" + answer.text());
                    }
                }
                next = (next + 1) % steps.size();
            }

            @Override
            public void close() throws Exception {
                for (Wire wire : wires.values()) {
                    wire.close();
                }
            }
        };
    }
}
