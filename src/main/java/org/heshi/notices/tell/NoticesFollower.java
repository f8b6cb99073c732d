package org.heshi.notices.tell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterLog.Now;
import org.heshi.matters.MatterSeal;
import org.heshi.notices.mail.MailSettings;
import org.heshi.notices.mail.MailWay;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells posts inside the program, and by mail when a mail server is set. What it writes is committed with its position, and a key holds each
 * entry and recipient to one, so that nobody is told twice.
 */
@Component
class NoticesFollower implements Follower {

    /** News older than this is none: a log that comes from elsewhere, or a follower that is new, floods nobody. */
    private static final Duration STALE = Duration.ofDays(7);

    private final MatterLog log;
    private final Directory directory;
    private final MailWay mail;
    private final InstantSource clock;
    private final JdbcClient jdbc;
    private final Eyes eyes;
    private final MatterSeal seal;

    NoticesFollower(MatterLog log, Directory directory, MailWay mail, InstantSource clock, @Qualifier("follower") JdbcClient jdbc,
            Eyes eyes, MatterSeal seal) {
        this.seal = seal;
        this.log = log;
        this.directory = directory;
        this.mail = mail;
        this.clock = clock;
        this.jdbc = jdbc;
        this.eyes = eyes;
    }

    @Override
    public String name() {
        return "notices";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Instant now = clock.instant();
        List<LoggedEntry> fresh = batch.stream().filter(entry -> entry.recordedAt().isAfter(now.minus(STALE))).toList();
        if (fresh.isEmpty()) {
            return;
        }
        Map<UUID, Now> matters = new LinkedHashMap<>(log.wordless(fresh.stream().map(LoggedEntry::matter).collect(Collectors.toSet())));
        // the reporter's address is opened for a mail and else left closed
        matters.putAll(log.now(mail.open() ? fresh.stream().filter(Telling::tellsReporter).map(LoggedEntry::matter).collect(Collectors.toSet()) : Set.of()));
        List<LoggedEntry> known = fresh.stream().filter(entry -> matters.containsKey(entry.matter())).toList();
        Round round = new Round(now, matters, known);
        known.forEach(entry -> round.tell(entry, matters.get(entry.matter())));
        round.write();
        matters.values().stream().filter(matter -> !matter.barred().isEmpty() || !matter.barredPosts().isEmpty()).forEach(matter -> forget(matter.matter(), now));
    }

    /** Who was told before they were barred is told no more of it, not even by the number of what they have not read. */
    private void forget(UUID matter, Instant now) {
        List<UUID> waiting = jdbc.sql("select distinct post from notices.notice where matter = ? and read_at is null").param(matter).query(UUID.class).list();
        List<UUID> blind = directory.posts(waiting).values().stream().filter(post -> post.roles().stream()
                .flatMap(role -> directory.holders(post.unit(), role, now).stream()).filter(held -> held.post().equals(post.id()))
                .noneMatch(held -> eyes.see(held, matter))).map(Post::id).toList();
        if (!blind.isEmpty()) {
            jdbc.sql("update notices.notice set read_at = greatest(uuid_extract_timestamp(id), ?) where matter = ? and post = any (?) and read_at is null")
                    .param(now.atOffset(ZoneOffset.UTC)).param(matter).param(blind.toArray(UUID[]::new)).update();
        }
    }

    private record Notice(LoggedEntry entry, HeldPost held, String event) {
    }

    private record Letter(LoggedEntry entry, String number, String recipient, String address) {
    }

    private final class Round {

        private final Instant now;
        /** Whom each entry concerns. */
        private final Map<LoggedEntry, List<Telling.Told>> toTell = new IdentityHashMap<>();
        /** Who holds the posts that are to be told, by unit. */
        private final Map<UUID, List<HeldPost>> holders = new HashMap<>();
        private final List<Notice> notices = new ArrayList<>();
        private final List<Letter> letters = new ArrayList<>();
        private final Map<UUID, Now> matters;

        Round(Instant now, Map<UUID, Now> matters, List<LoggedEntry> entries) {
            this.now = now;
            this.matters = matters;
            Map<UUID, Set<Role>> asked = new HashMap<>();
            for (LoggedEntry entry : entries) {
                Now matter = matters.get(entry.matter());
                List<Telling.Told> concerned = Telling.of(entry, matter);
                toTell.put(entry, concerned);
                for (Telling.Told told : concerned) {
                    matter.units().getOrDefault(told.relation(), Set.of()).forEach(unit -> asked.computeIfAbsent(unit, _ -> EnumSet.noneOf(Role.class)).addAll(told.roles()));
                }
            }
            directory.holdersIn(asked, now).forEach(held -> holders.computeIfAbsent(held.unit(), _ -> new ArrayList<>()).add(held));
        }

        void tell(LoggedEntry entry, Now matter) {
            Map<UUID, Notice> byPost = new LinkedHashMap<>();
            for (Telling.Told told : toTell.getOrDefault(entry, List.of())) {
                for (UUID unit : matter.units().getOrDefault(told.relation(), Set.of())) {
                    if (matter.barred().contains(unit)) {
                        continue;
                    }
                    for (HeldPost held : holders(unit, told.roles())) {
                        boolean themselves = entry.actorPerson().equals(Optional.of(held.person()));
                        if (!themselves && maySee(held, matter)) {
                            byPost.putIfAbsent(held.post(), new Notice(entry, held, told.event()));
                        }
                    }
                }
            }
            Telling.leader(entry).flatMap(post -> Optional.ofNullable(directory.posts(List.of(post)).get(post))).ifPresent(post ->
                    directory.holders(post.unit(), now).stream().filter(held -> held.post().equals(post.id()))
                            .filter(held -> !entry.actorPerson().equals(Optional.of(held.person())) && eyes.see(held, matter.matter()))
                            .forEach(held -> byPost.put(held.post(), new Notice(entry, held, "leads"))));
            notices.addAll(byPost.values());
            if (mail.open() && Telling.tellsReporter(entry)) {
                matter.reporterEmail().flatMap(address -> seal.seal(matter.matter(), MailSettings.reporterOf(matter.number()), address))
                        .ifPresent(address -> letters.add(new Letter(entry, matter.number().digits(), "reporter", address)));
            }
        }

        private Set<HeldPost> holders(UUID unit, Set<Role> roles) {
            Set<HeldPost> held = new LinkedHashSet<>();
            for (Role role : roles) {
                holders.getOrDefault(unit, List.of()).stream().filter(one -> one.roles().contains(role)).forEach(held::add);
            }
            return held;
        }

        /** Who is barred by one post is barred in all: where anything is, the same policies that guard its pages are asked, as that post. */
        private boolean maySee(HeldPost held, Now matter) {
            return matter.barred().isEmpty() && matter.barredPosts().isEmpty() || eyes.see(held, matter.matter());
        }

        void write() {
            if (mail.open()) {
                Set<UUID> people = notices.stream().map(notice -> notice.held().person()).collect(Collectors.toCollection(HashSet::new));
                Map<UUID, Person> known = directory.people(people);
                for (Notice notice : notices) {
                    Optional.ofNullable(known.get(notice.held().person())).flatMap(Person::email).ifPresent(address -> letters.add(new Letter(
                            notice.entry(), matters.get(notice.entry().matter()).number().digits(), notice.held().post().toString(), address)));
                }
            }
            if (!notices.isEmpty()) {
                jdbc.sql("""
                        insert into notices.notice (id, post, matter, event) select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[])
                        on conflict (post, id) do nothing
                        """)
                        .param(notices.stream().map(n -> Uuid7.of(n.entry().recordedAt(), n.entry().matter() + " " + n.entry().seq())).toArray(UUID[]::new))
                        .param(notices.stream().map(n -> n.held().post()).toArray(UUID[]::new))
                        .param(notices.stream().map(n -> n.entry().matter()).toArray(UUID[]::new))
                        .param(notices.stream().map(Notice::event).toArray(String[]::new))
                        .update();
            }
            if (!letters.isEmpty()) {
                jdbc.sql("""
                        insert into notices.mail (id, matter, seq, recipient, number, address, due_at)
                        select *, ?::timestamptz from unnest(?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[])
                        on conflict (matter, seq, recipient, about) do nothing
                        """)
                        .param(now.atOffset(ZoneOffset.UTC))
                        .param(letters.stream().map(_ -> Uuid7.at(now)).toArray(UUID[]::new))
                        .param(letters.stream().map(l -> l.entry().matter()).toArray(UUID[]::new))
                        .param(letters.stream().map(l -> l.entry().seq()).toArray(Integer[]::new))
                        .param(letters.stream().map(Letter::recipient).toArray(String[]::new))
                        .param(letters.stream().map(Letter::number).toArray(String[]::new))
                        .param(letters.stream().map(Letter::address).toArray(String[]::new))
                        .update();
            }
        }
    }
}
