package org.heshi.demo.county;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Roster;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Grids;
import org.heshi.identity.Accounts;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.statistics.UnitGoals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enters the demo county on the first start. Where the county has a centre already, whoever made it, nothing is touched; a start that was
 * cut off is made good by the next, since the directory is entered in one transaction and grids that are there are kept.
 */
@Component
@Order(10)
@ConditionalOnProperty(name = "heshi.demo", havingValue = "true", matchIfMissing = true)
class Seed implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Seed.class);
    private static final List<String> NUMBERS = List.of("一", "二", "三", "四", "五");

    private final Divisions divisions;
    private final Grids grids;
    private final Directory directory;
    private final Roster roster;
    private final Accounts accounts;
    private final Past past;
    private final MadeKnown known;
    private final Samples samples;
    private final UnitGoals goals;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Seed(Divisions divisions, Grids grids, Directory directory, Roster roster, Accounts accounts, Past past, MadeKnown known, Samples samples, UnitGoals goals, TransactionTemplate transactions, InstantSource clock) {
        this.divisions = divisions;
        this.grids = grids;
        this.directory = directory;
        this.roster = roster;
        this.accounts = accounts;
        this.past = past;
        this.known = known;
        this.samples = samples;
        this.goals = goals;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Optional<Division> county = divisions.find(County.CODE);
        if (county.isEmpty()) {
            return;
        }
        boolean entered = directory.findUnit(County.centre()).isPresent();
        boolean somebodyElses = !entered && directory.centreFor(County.CODE).filter(centre -> centre.division().equals(County.CODE)).isPresent();
        boolean finished = entered && accounts.findByName(DemoPerson.LAST.signIn()).isPresent();
        if (!somebodyElses && !finished) {
            Acting.run(new Actor.Machine("demo"), () -> settle(county.get(), entered));
        } else if (finished && past.before().many() > 0) {
            known.after(past.before());
        }
    }

    private void settle(Division county, boolean entered) {
        long began = clock.millis();
        List<County.Town> towns = new ArrayList<>();
        for (Division town : divisions.children(county.code())) {
            towns.add(transactions.execute(_ -> new County.Town(town, divisions.children(town.code()).stream().map(this::village).toList())));
        }
        Instant from = CivilTime.startOf(CivilTime.dateOf(clock.instant()));
        County.Plan plan = County.draw(county, towns, from);
        if (!entered) {
            roster.enter(plan.entries());
        }
        // Digests of passwords are slow on purpose, so other cores make them beside the matters; the last is made last: it says that all are there.
        List<DemoPerson> before = Arrays.stream(DemoPerson.values()).filter(person -> person != DemoPerson.LAST).toList();
        CompletableFuture<Void> digests = CompletableFuture.runAsync(() -> before.parallelStream()
                .forEach(person -> account(person, plan.people().get(person))));
        List<Division> villages = towns.stream().flatMap(town -> town.villages().stream()).map(County.Village::place).toList();
        Past.Made made = past.make(villages, Stream.of(DemoPerson.GRID, DemoPerson.VILLAGE)
                .map(person -> directory.heldPosts(plan.people().get(person), clock.instant()).getFirst()).toList());
        samples.make(villages, plan.accused());
        promises(plan.bureau());
        if (made.many() > 0) {
            known.after(made);
        }
        digests.join();
        account(DemoPerson.LAST, plan.people().get(DemoPerson.LAST));
        LOG.info("demo county: {} units, {} posts, {} rules in {} ms", plan.entries().units().size(), plan.entries().posts().size(),
                plan.entries().rules().size(), clock.millis() - began);
    }

    /** What the bureau's letter of responsibility says, this year and last. */
    private void promises(UUID bureau) {
        int year = CivilTime.dateOf(clock.instant()).getYear();
        for (int of : List.of(year - 1, year)) {
            goals.enter(bureau, of, "on-time", new BigDecimal(of == year ? "95" : "92"), "演示责任书第二条第一款");
            goals.enter(bureau, of, "median", new BigDecimal("72"), "演示责任书第二条第三款");
            goals.enter(bureau, of, "p90", new BigDecimal("240"), "演示责任书第二条第四款");
            goals.enter(bureau, of, "satisfied", new BigDecimal("90"), "演示责任书第三条");
        }
    }

    private void account(DemoPerson person, UUID id) {
        if (accounts.findByName(person.signIn()).isEmpty()
                && accounts.create(id, person.signIn(), DemoPerson.PASSWORD) instanceof Accounts.Creating.Refused(List<Refusal> refusals)) {
            throw new IllegalStateException("no account for " + person.signIn() + ": " + refusals);
        }
    }

    private County.Village village(Division village) {
        List<Division> there = divisions.children(village.code());
        if (!there.isEmpty()) {
            return new County.Village(village, there);
        }
        List<String> names = IntStream.range(0, gridsOf(village.code())).mapToObj(i -> "第" + NUMBERS.get(i) + "网格").toList();
        return switch (grids.add(village.code(), names)) {
            case Grids.Done(List<Division> places) -> new County.Village(village, places);
            case Grids.Refused(var reasons) -> throw new IllegalStateException("no grids under " + village.code() + ": " + reasons);
        };
    }

    /** Three, four or five: about four. */
    private static int gridsOf(String village) {
        return 3 + Integer.parseInt(village.substring(9)) % 3;
    }
}
