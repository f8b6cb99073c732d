package org.heshi.directory.posts;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.desk.Answer;
import org.heshi.directory.desk.Candidate;
import org.heshi.directory.desk.Days;
import org.heshi.directory.desk.Found;
import org.heshi.directory.desk.Meaning;
import org.heshi.directory.desk.Wording;
import org.heshi.divisions.Division;
import org.heshi.divisions.Pinyin;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds, changes and ends posts; gives them to people and takes them back; notes leave and stand-ins. Callers have checked the ground. */
@Component
class PostEditing {

    static final int LONGEST = 60;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Meaning meaning;
    private final Pinyin pinyin;
    private final InstantSource clock;

    PostEditing(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Meaning meaning, Pinyin pinyin, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.meaning = meaning;
        this.pinyin = pinyin;
        this.clock = clock;
    }

    Answer add(HeldPost by, Unit unit, PostForm form) {
        return transactions.execute(_ -> {
            List<Refusal> refusals = new ArrayList<>();
            Map<String, List<Candidate>> candidates = new HashMap<>();
            if (ended("unit", unit.id())) {
                refusals.add(Refusal.of("directory-unit-ended"));
            }
            Optional<Division> place = check(by, unit, form, refusals, candidates);
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            Instant now = clock.instant();
            UUID id = Uuid7.at(now);
            jdbc.sql("insert into directory.post (id, unit, title, roles, division_code, started_at) values (?, ?, ?, string_to_array(?, ','), ?, ?)")
                    .params(id, unit.id(), form.title().strip(), codes(form), place.map(Division::code).orElse(null), Days.at(now)).update();
            return new Answer.Done(id.toString());
        });
    }

    Answer change(HeldPost by, Post post, PostForm form) {
        Unit unit = directory.findUnit(post.unit()).orElseThrow();
        return transactions.execute(_ -> {
            List<Refusal> refusals = new ArrayList<>();
            Map<String, List<Candidate>> candidates = new HashMap<>();
            if (ended("post", post.id())) {
                refusals.add(Refusal.of("directory-post-ended"));
            }
            Optional<Division> place = check(by, unit, form, refusals, candidates);
            lastAdministratorStays(by, post, form).ifPresent(refusals::add);
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            jdbc.sql("update directory.post set title = ?, roles = string_to_array(?, ','), division_code = ? where id = ?")
                    .params(form.title().strip(), codes(form), place.map(Division::code).orElse(null), post.id()).update();
            return new Answer.Done(post.id().toString());
        });
    }

    /** Ends a post at once, and with it who holds it. */
    Answer end(HeldPost by, Post post) {
        if (post.id().equals(by.post())) {
            return new Answer.Refused(List.of(Refusal.of("directory-own-post")));
        }
        return transactions.execute(_ -> {
            lock(post.id());
            Instant now = clock.instant();
            for (UUID holding : jdbc.sql("select id from directory.holding where post = ? and (ends_at is null or ends_at > ?)")
                    .params(post.id(), Days.at(now)).query(UUID.class).list()) {
                cut(holding, now);
            }
            jdbc.sql("update directory.post set ended_at = ? where id = ? and ended_at is null").params(Days.at(now), post.id()).update();
            return new Answer.Done(post.id().toString());
        });
    }

    Answer assign(HeldPost by, Post post, AssignForm form) {
        return transactions.execute(_ -> {
            lock(post.id());
            List<Refusal> refusals = new ArrayList<>(Wording.name("person", form.person(), LONGEST));
            Map<String, List<Candidate>> candidates = new HashMap<>();
            if (ended("post", post.id())) {
                refusals.add(Refusal.of("directory-post-ended"));
            }
            Optional<LocalDate> from = day("from", form.from(), true, refusals);
            Optional<LocalDate> to = day("to", form.to(), false, refusals);
            if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
                refusals.add(Refusal.at("to", "directory-ends-before-it-begins"));
            }
            Optional<Person> person = Optional.empty();
            boolean another = form.personPicked().equals(AssignForm.ANOTHER);
            if (!another && refusals.stream().noneMatch(refusal -> refusal.field().equals("person"))) {
                switch (meaning.person(by, "person", form.person(), form.personPicked())) {
                    case Found.One<Person>(Person known) when form.personPicked().equals(known.id().toString()) -> person = Optional.of(known);
                    case Found.One<Person>(Person known) -> {
                        refusals.add(Refusal.at("person", "directory-same-name"));
                        candidates.put("person", List.of(candidate(known)));
                    }
                    case Found.Unclear<Person>(Refusal _, List<Candidate> several) when !several.isEmpty() -> {
                        refusals.add(Refusal.at("person", "directory-same-name"));
                        candidates.put("person", several);
                    }
                    case Found.Unclear<Person> _ -> another = true;
                    case Found.Nothing<Person> _ -> another = true;
                }
            }
            if (another) {
                refusals.addAll(Wording.phone("phone", form.phone()));
                refusals.addAll(Wording.email("email", form.email()));
            }
            if (from.isPresent() && refusals.stream().noneMatch(refusal -> refusal.field().equals("to"))) {
                heldByAnother(post, CivilTime.startOf(from.get()), to.map(Days::endOf)).ifPresent(refusals::add);
            }
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            Instant now = clock.instant();
            UUID holder = person.map(Person::id).orElseGet(() -> addPerson(now, new PersonForm(form.person(), form.phone(), form.email())));
            jdbc.sql("insert into directory.holding (id, post, person, starts_at, ends_at) values (?, ?, ?, ?, ?)")
                    .params(Uuid7.at(now), post.id(), holder, Days.at(CivilTime.startOf(from.orElseThrow())), Days.at(to.map(Days::endOf).orElse(null)))
                    .update();
            return new Answer.Done(post.id().toString());
        });
    }

    /**
     * Ends a holding.
     *
     * @param lastDay the last whole day; empty: at once
     */
    Answer release(HeldPost by, Post post, UUID holding, String now, String lastDay) {
        return transactions.execute(_ -> {
            lock(post.id());
            List<Refusal> refusals = new ArrayList<>();
            record Span(Instant from, @Nullable Instant to, UUID person) {
            }
            Span span = jdbc.sql("select starts_at, ends_at, person from directory.holding where id = ?").param(holding)
                    .query((row, _) -> new Span(row.getObject(1, OffsetDateTime.class).toInstant(),
                            Optional.ofNullable(row.getObject(2, OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null),
                            row.getObject(3, UUID.class))).single();
            Instant instant = clock.instant();
            if (post.id().equals(by.post()) && span.person().equals(by.person())) {
                refusals.add(Refusal.of("directory-own-post"));
            }
            if (span.to() != null && !span.to().isAfter(instant)) {
                refusals.add(Refusal.of("directory-holding-ended"));
            }
            Optional<Instant> end = !now.isEmpty() ? Optional.of(instant) : day("last", lastDay, true, refusals).map(Days::endOf);
            if (end.isPresent() && now.isEmpty() && !end.get().isAfter(span.from())) {
                refusals.add(Refusal.at("last", "directory-ends-before-it-begins"));
            }
            if (end.isPresent() && now.isEmpty() && end.get().isBefore(instant)) {
                refusals.add(Refusal.at("last", "directory-in-the-past"));
            }
            if (end.isPresent() && span.to() != null && end.get().isAfter(span.to())) {
                refusals.add(Refusal.at("last", "directory-after-its-end"));
            }
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals);
            }
            cut(holding, end.orElseThrow());
            return new Answer.Done(post.id().toString());
        });
    }

    Answer leave(HeldPost by, Post post, UUID holding, LeaveForm form) {
        return transactions.execute(_ -> {
            lock(post.id());
            List<Refusal> refusals = new ArrayList<>();
            Map<String, List<Candidate>> candidates = new HashMap<>();
            Optional<LocalDate> from = day("from", form.from(), true, refusals);
            Optional<LocalDate> to = day("to", form.to(), true, refusals);
            Found<Person> standIn = meaning.person(by, "standIn", form.standIn(), form.standInPicked());
            standIn.tell("standIn", refusals, candidates);
            UUID holder = jdbc.sql("select person from directory.holding where id = ?").param(holding).query(UUID.class).single();
            if (standIn.one().map(Person::id).equals(Optional.of(holder))) {
                refusals.add(Refusal.at("standIn", "directory-stands-in-for-self"));
            }
            if (from.isPresent() && to.isPresent()) {
                if (to.get().isBefore(from.get())) {
                    refusals.add(Refusal.at("to", "directory-ends-before-it-begins"));
                } else {
                    leaveFits(holding, CivilTime.startOf(from.get()), Days.endOf(to.get())).ifPresent(refusals::add);
                }
            }
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            jdbc.sql("""
                    insert into directory.leave (id, holding, starts_at, ends_at, stand_in)
                    select ?, h.id, greatest(h.starts_at, ?::timestamptz), least(coalesce(h.ends_at, 'infinity'), ?::timestamptz), ?
                      from directory.holding h where h.id = ?""")
                    .params(Uuid7.at(clock.instant()), Days.at(CivilTime.startOf(from.orElseThrow())), Days.at(Days.endOf(to.orElseThrow())),
                            standIn.one().map(Person::id).orElse(null), holding).update();
            return new Answer.Done(post.id().toString());
        });
    }

    /** Back from leave now: a leave that has begun ends, one to come is cancelled. */
    Answer back(Post post, UUID leave) {
        return transactions.execute(_ -> {
            lock(post.id());
            var now = Days.at(clock.instant());
            jdbc.sql("delete from directory.leave where id = ? and starts_at >= ?").params(leave, now).update();
            jdbc.sql("update directory.leave set ends_at = ? where id = ? and ends_at > ?").params(now, leave, now).update();
            return new Answer.Done(post.id().toString());
        });
    }

    /** @throws NoSuchElementException when the person never held a post, or held one outside of the administrator's ground */
    Person person(HeldPost by, UUID id) {
        return transactions.execute(_ -> {
            boolean theirs = jdbc.sql("""
                    select coalesce(bool_and(starts_with(u.division_code, ?)), false)
                      from directory.holding h join directory.post p on p.id = h.post join directory.unit u on u.id = p.unit
                     where h.person = ?""")
                    .params(by.division(), id).query(Boolean.class).single();
            if (!theirs) {
                throw new NoSuchElementException("no such person on this administrator's ground");
            }
            return directory.people(List.of(id)).get(id);
        });
    }

    Answer changePerson(HeldPost by, UUID id, PersonForm form) {
        Person person = person(by, id);
        List<Refusal> refusals = new ArrayList<>(Wording.name("name", form.name(), LONGEST));
        refusals.addAll(Wording.phone("phone", form.phone()));
        refusals.addAll(Wording.email("email", form.email()));
        if (!refusals.isEmpty()) {
            return new Answer.Refused(refusals);
        }
        transactions.executeWithoutResult(_ -> jdbc.sql("update directory.person set name = ?, initials = ?, phone = ?, email = ? where id = ?")
                .params(form.name().strip(), pinyin.initials(form.name()), blankToNull(form.phone()), blankToNull(form.email()), person.id()).update());
        return new Answer.Done(id.toString());
    }

    private UUID addPerson(Instant now, PersonForm form) {
        UUID id = Uuid7.at(now);
        jdbc.sql("insert into directory.person (id, name, initials, phone, email) values (?, ?, ?, ?, ?)")
                .params(id, form.name().strip(), pinyin.initials(form.name()), blankToNull(form.phone()), blankToNull(form.email())).update();
        return id;
    }

    private Candidate candidate(Person person) {
        return new Candidate(person.id().toString(), person.name(), String.join("；",
                directory.heldPosts(person.id(), clock.instant()).stream().map(held -> held.unitName() + " " + held.title()).toList()));
    }

    private Optional<Division> check(HeldPost by, Unit unit, PostForm form, List<Refusal> refusals, Map<String, List<Candidate>> candidates) {
        refusals.addAll(Wording.name("title", form.title(), LONGEST));
        if (roles(form).isEmpty()) {
            refusals.add(Refusal.at("roles", "directory-no-role"));
        }
        Found<Division> place = meaning.place(by, "place", form.place(), form.placePicked());
        place.tell("place", refusals, candidates);
        place.one().filter(division -> !division.code().startsWith(unit.division()))
                .ifPresent(_ -> refusals.add(Refusal.at("place", "directory-place-outside-unit")));
        return place.one();
    }

    /** Nobody takes the administrator's role from their own post: somebody else does, so that one remains. */
    private static Optional<Refusal> lastAdministratorStays(HeldPost by, Post post, PostForm form) {
        return post.id().equals(by.post()) && !roles(form).contains(Role.ADMINISTRATOR)
                ? Optional.of(Refusal.at("roles", "directory-own-administrator")) : Optional.empty();
    }

    private Optional<Refusal> heldByAnother(Post post, Instant from, Optional<Instant> to) {
        return jdbc.sql("""
                select p.name from directory.holding h join directory.person p on p.id = h.person
                 where h.post = ? and tstzrange(h.starts_at, h.ends_at) && tstzrange(?::timestamptz, ?::timestamptz) limit 1""")
                .params(post.id(), Days.at(from), Days.at(to.orElse(null))).query(String.class).optional()
                .map(name -> Refusal.at("from", "directory-post-is-held", Objects.requireNonNull(name)));
    }

    private Optional<Refusal> leaveFits(UUID holding, Instant from, Instant to) {
        record Fit(boolean touches, boolean overlaps) {
        }
        Fit fit = jdbc.sql("""
                select tstzrange(h.starts_at, h.ends_at) && r.span as touches,
                       exists (select from directory.leave l where l.holding = h.id and tstzrange(l.starts_at, l.ends_at) && r.span) as overlaps
                  from directory.holding h cross join (select tstzrange(?::timestamptz, ?::timestamptz) as span) r
                 where h.id = ?""")
                .params(Days.at(from), Days.at(to), holding).query(Fit.class).single();
        return !fit.touches() ? Optional.of(Refusal.at("from", "directory-leave-outside"))
                : fit.overlaps() ? Optional.of(Refusal.at("from", "directory-leave-overlaps")) : Optional.empty();
    }

    /** Takes the rest of a holding away from this instant on, and of its leaves. */
    private void cut(UUID holding, Instant end) {
        OffsetDateTime at = Days.at(end);
        jdbc.sql("delete from directory.leave where holding = ? and starts_at >= ?").params(holding, at).update();
        jdbc.sql("update directory.leave set ends_at = ? where holding = ? and ends_at > ?").params(at, holding, at).update();
        jdbc.sql("delete from directory.leave l using directory.holding h where h.id = l.holding and h.id = ? and h.starts_at >= ?")
                .params(holding, at).update();
        jdbc.sql("delete from directory.holding where id = ? and starts_at >= ?").params(holding, at).update();
        jdbc.sql("update directory.holding set ends_at = ? where id = ? and starts_at < ?").params(at, holding, at).update();
    }

    /** Whoever changes who holds a post does so one after the other. */
    private void lock(UUID post) {
        jdbc.sql("select id from directory.post where id = ? for update").param(post).query(UUID.class).single();
    }

    private boolean ended(String table, UUID id) {
        return jdbc.sql("select ended_at is not null from directory." + table + " where id = ?").param(id).query(Boolean.class).single();
    }

    private static Optional<LocalDate> day(String field, String typed, boolean required, List<Refusal> refusals) {
        if (typed.isBlank()) {
            if (required) {
                refusals.add(Refusal.at(field, "directory-empty"));
            }
            return Optional.empty();
        }
        Optional<LocalDate> day = Days.parse(typed);
        if (day.isEmpty()) {
            refusals.add(Refusal.at(field, "directory-not-a-day"));
        }
        return day;
    }

    private static Set<Role> roles(PostForm form) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        form.roles().forEach(code -> Role.find(code).ifPresent(roles::add));
        return roles;
    }

    private static String codes(PostForm form) {
        return String.join(",", roles(form).stream().map(Role::code).toList());
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
