package org.heshi.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.heshi.County;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Matters;
import org.heshi.supervision.Eventually;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Random matters of the last months that a county took over from another system with times of their own, and what they were. */
public record PutIn(County county, List<Brought> all) {

    private static final List<String> CATEGORIES = List.of("020202", "030302", "0703");
    private static final List<String> CHANNELS = List.of("grid", "web", "window", "hotline-12345");

    public record Brought(UUID matter, Instant came, Optional<Instant> closed, String place, String category, String channel, String outcome, Optional<UUID> lead) {

        public LocalDate day() {
            return CivilTime.dateOf(came);
        }

        public boolean cameIn(LocalDate from, LocalDate to) {
            return in(came, from, to);
        }

        public boolean closedIn(LocalDate from, LocalDate to) {
            return closed.filter(at -> in(at, from, to)).isPresent();
        }

        public boolean openAt(LocalDate day) {
            return !day().isAfter(day) && closed.filter(at -> !CivilTime.dateOf(at).isAfter(day)).isEmpty();
        }

        private static boolean in(Instant at, LocalDate from, LocalDate to) {
            LocalDate day = CivilTime.dateOf(at);
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    /** @param days over which they are spread, up to now */
    public static PutIn some(BeanFactory beans, County county, int many, int days, Random random) {
        Matters matters = beans.getBean(Matters.class);
        TransactionTemplate transactions = beans.getBean(TransactionTemplate.class);
        Instant now = java.time.Clock.systemUTC().instant();
        List<Brought> all = new ArrayList<>();
        Acting.run(new Actor.Machine("importer"), () -> transactions.executeWithoutResult(_ -> {
            for (int i = 0; i < many; i++) {
                Instant came = Instant.ofEpochSecond(now.minus(Duration.ofMinutes(1 + random.nextInt(days * 1440))).getEpochSecond());
                Instant answered = came.plusSeconds(random.nextInt(40 * 86_400));
                boolean closed = answered.isBefore(now);
                String place = List.of(county.villageA, county.villageB, county.townB, county.code).get(random.nextInt(4));
                String category = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
                String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
                String outcome = random.nextInt(3) == 0 ? "explained" : "resolved";
                Map<String, Object> input = new HashMap<>(Map.of("state", closed ? "closed" : "registered", "title", "=第" + i + "件", "description", "说明", "place", place,
                        "category", category, "channel", channel, "occurred-at", came.toString()));
                Optional<UUID> lead = closed ? Optional.of(random.nextBoolean() ? county.roads.id() : county.water.id()) : Optional.empty();
                if (closed) {
                    input.putAll(Map.of("lead", lead.orElseThrow().toString(), "answer", "已办", "answered-at", answered.toString(), "outcome", outcome));
                }
                switch (matters.act(new Matters.Act(Optional.empty(), "service", "import", input, 0, "put-in-" + county.code + "-" + i))) {
                    case Matters.Answer.Done done -> all.add(new Brought(done.matter(), came, closed ? Optional.of(answered) : Optional.empty(), place, category, channel,
                            closed ? outcome : "", lead));
                    case Matters.Answer.Refused(var refusals) -> throw new AssertionError(refusals.toString());
                    case Matters.Answer.Stale stale -> throw new AssertionError(stale.toString());
                }
            }
        }));
        Figures figures = beans.getBean(Figures.class);
        LocalDate today = CivilTime.dateOf(now);
        Eventually.that("all that was put in is counted", () -> county.as(county.supervisor,
                () -> figures.ask(Question.of(county.code, today.minusDays(days + 1L), today.plusDays(1)))).total().received() >= many);
        return new PutIn(county, List.copyOf(all));
    }

    public long count(java.util.function.Predicate<Brought> which) {
        return all.stream().filter(which).count();
    }

}
