package org.heshi.notices.tell;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.LimitListener;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterLog.Now;
import org.heshi.notices.mail.MailWay;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells posts of limits that are nearly over or over, step by step upward. Whoever may not see the matter is told nothing of it. */
@Component
class WordOfLimits implements LimitListener {

    private static final Set<Role> HEADS = Set.of(Role.HEAD);
    private static final Set<Role> SUPERVISORS = Set.of(Role.SUPERVISOR);
    private static final Set<Role> DESK = Set.of(Role.DISPATCHER, Role.HEAD);

    private final MatterLog log;
    private final Directory directory;
    private final JdbcClient jdbc;
    private final Eyes eyes;
    private final MailWay mail;

    WordOfLimits(MatterLog log, Directory directory, @Qualifier("follower") JdbcClient jdbc, Eyes eyes, MailWay mail) {
        this.log = log;
        this.directory = directory;
        this.jdbc = jdbc;
        this.eyes = eyes;
        this.mail = mail;
    }

    @Override
    public void hear(Word word) {
        Now matter = log.wordless(Set.of(word.matter())).get(word.matter());
        if (matter == null) {
            return;
        }
        List<HeldPost> told = told(word, matter);
        if (told.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into notices.notice (id, matter, event, clock, post)
                select w.id, w.matter, w.event, w.clock, x.post from (select ?::uuid, ?::uuid, ?::text, ?::text) as w (id, matter, event, clock), unnest(?::uuid[]) as x (post)
                -- work that was handed on is told of anew: whoever has the same word before them gets it once
                where not exists (select from notices.notice n where n.matter = w.matter and n.post = x.post and n.read_at is null and right(n.id::text, 20) = right(w.id::text, 20))
                on conflict (post, id) do nothing
                """)
                .param(Uuid7.of(word.at(), String.join(" ", word.matter().toString(), Integer.toString(word.run()), word.clock(), word.stage().name(), word.dueAt().toString())))
                .param(word.matter()).param("limit-" + word.stage().name().toLowerCase(Locale.ROOT)).param(word.clock())
                .param(told.stream().map(HeldPost::post).toArray(UUID[]::new))
                .update();
        if (mail.open()) {
            mail(word, matter, told);
        }
    }

    /** The number of the matter and where to read it; what it is about stands in no mail. Limits in days were waited with until the morning. */
    private void mail(Word word, Now matter, List<HeldPost> told) {
        Map<UUID, Person> known = directory.people(told.stream().map(HeldPost::person).collect(Collectors.toSet()));
        for (HeldPost held : told) {
            Optional.ofNullable(known.get(held.person())).flatMap(Person::email).ifPresent(address -> jdbc.sql("""
                    insert into notices.mail (id, matter, seq, recipient, about, number, address, due_at) values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (matter, seq, recipient, about) do nothing
                    """).param(Uuid7.at(word.at())).param(word.matter()).param(word.run()).param(held.post().toString())
                    .param("limit-" + word.stage().name().toLowerCase(Locale.ROOT) + "/" + word.clock() + "/" + word.dueAt().getEpochSecond())
                    .param(matter.number().digits()).param(address).param(word.at().atOffset(ZoneOffset.UTC)).update());
        }
    }

    /** Units and roles, of which the posts are told. */
    private record Ear(Set<UUID> units, Set<Role> roles) {
    }

    /** Whoever is meant; where that post is vacant or its unit is gone, the next who must see to it, so that no word falls on deaf ears. */
    private List<HeldPost> told(Word word, Now matter) {
        for (Supplier<Ear> asked : ears(word, matter)) {
            Ear ear = asked.get();
            Map<UUID, HeldPost> posts = new LinkedHashMap<>();
            directory.holdersIn(ear.units().stream().collect(Collectors.toMap(unit -> unit, _ -> ear.roles())), word.at())
                    .forEach(held -> posts.putIfAbsent(held.post(), held));
            List<HeldPost> told = posts.values().stream().filter(held -> sees(held, matter)).toList();
            if (!told.isEmpty()) {
                return told;
            }
        }
        return List.of();
    }

    /** A post of a unit at work on it does, where nobody is barred; whoever watches from above, and wherever somebody is, the policies that guard the pages are asked. */
    private boolean sees(HeldPost held, Now matter) {
        return matter.barred().isEmpty() && matter.barredPosts().isEmpty() && matter.units().values().stream().anyMatch(units -> units.contains(held.unit()))
                || eyes.see(held, matter.matter());
    }

    /** One after another, as long as nobody heard: most words need only the first. */
    private List<Supplier<Ear>> ears(Word word, Now matter) {
        Set<UUID> desk = without(matter.barred(), matter.units().getOrDefault("desk", Set.of()));
        Set<UUID> bound = without(matter.barred(), word.unit().map(Set::of).orElseGet(() -> matter.units().getOrDefault(word.relation(), desk)));
        // a limit that binds nobody in particular is the desk's
        Supplier<Ear> people = () -> new Ear(bound, Telling.rolesFor(word.unit().isEmpty() && !matter.units().containsKey(word.relation()) ? "desk" : word.relation()));
        Supplier<Ear> head = () -> new Ear(bound, HEADS);
        Supplier<Ear> deskAtWork = () -> new Ear(desk, DESK);
        Supplier<Ear> supervisors = () -> new Ear(desk, SUPERVISORS);
        Supplier<Ear> supervisorsAbove = () -> new Ear(without(matter.barred(), desk.stream().flatMap(unit -> directory.findUnit(unit).stream())
                .flatMap(unit -> above(unit).stream()).map(Unit::id).collect(Collectors.toCollection(LinkedHashSet::new))), SUPERVISORS);
        return switch (word.stage()) {
            case SOON, OVER -> List.of(people, head, deskAtWork, supervisors, supervisorsAbove);
            case HEAD -> List.of(head, deskAtWork, supervisors, supervisorsAbove);
            case SUPERVISOR -> List.of(supervisors, deskAtWork, supervisorsAbove);
            // whom the county does not have above it, nobody stands in for: its own supervisors heard already
            case ABOVE -> List.of(supervisorsAbove);
        };
    }

    private static Set<UUID> without(Set<UUID> barred, Set<UUID> units) {
        Set<UUID> left = new LinkedHashSet<>(units);
        left.removeAll(barred);
        return left;
    }

    /** The centre of the nearest division above that has one. */
    private Optional<Unit> above(Unit unit) {
        String division = unit.division();
        int shorter = division.length() > 9 ? 9 : division.length() > 6 ? 6 : division.length() > 4 ? 4 : 2;
        return division.length() <= 2 ? Optional.empty() : directory.centreFor(division.substring(0, shorter)).filter(centre -> !centre.id().equals(unit.id()));
    }
}
