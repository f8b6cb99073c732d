package org.heshi.directory.units;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitBusiness;
import org.heshi.directory.UnitType;
import org.heshi.directory.desk.Answer;
import org.heshi.directory.desk.Candidate;
import org.heshi.directory.desk.Days;
import org.heshi.directory.desk.Found;
import org.heshi.directory.desk.Ground;
import org.heshi.directory.desk.Meaning;
import org.heshi.directory.desk.Wording;
import org.heshi.divisions.Division;
import org.heshi.divisions.Pinyin;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Adds, renames and ends units. */
@Component
class UnitEditing {

    static final int LONGEST_NAME = 80;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Meaning meaning;
    private final Pinyin pinyin;
    private final InstantSource clock;
    private final List<UnitBusiness> business;

    UnitEditing(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Meaning meaning, Pinyin pinyin, InstantSource clock,
            List<UnitBusiness> business) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.meaning = meaning;
        this.pinyin = pinyin;
        this.clock = clock;
        this.business = business;
    }

    Answer add(HeldPost by, UnitForm form) {
        return transactions.execute(_ -> {
            List<Refusal> refusals = new ArrayList<>(Wording.name("name", form.name(), LONGEST_NAME));
            Map<String, List<Candidate>> candidates = new HashMap<>();
            Optional<UnitType> type = typeOf(form.type());
            if (type.isEmpty()) {
                refusals.add(Refusal.at("type", "directory-empty"));
            }
            Found<Division> place = meaning.place(by, "division", form.division(), form.divisionPicked());
            place.tell("division", refusals, candidates);
            if (place instanceof Found.Nothing) {
                refusals.add(Refusal.at("division", "directory-empty"));
            }
            Found<Unit> parent = meaning.unit(by, "parent", form.parent(), form.parentPicked());
            parent.tell("parent", refusals, candidates);
            place.one().ifPresent(division -> {
                lock(division.code());
                nameIsFree(form.name().strip(), division.code(), null).ifPresent(refusals::add);
                parent.one().flatMap(above -> parentStandsAbove(above, division.code())).ifPresent(refusals::add);
            });
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            Instant now = clock.instant();
            UUID id = Uuid7.at(now);
            Division division = place.one().orElseThrow();
            jdbc.sql("""
                    insert into directory.unit (id, type, name, initials, division, division_code, parent, started_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(id, type.orElseThrow().code(), form.name().strip(), pinyin.initials(form.name()), division.id(), division.code(),
                            parent.one().map(Unit::id).orElse(null), Days.at(now))
                    .update();
            return new Answer.Done(id.toString());
        });
    }

    /** Name and parent may change; another kind or another place is another unit. */
    Answer change(HeldPost by, Unit unit, UnitForm form) {
        Ground.check(by, unit.division());
        return transactions.execute(_ -> {
            List<Refusal> refusals = new ArrayList<>(Wording.name("name", form.name(), LONGEST_NAME));
            Map<String, List<Candidate>> candidates = new HashMap<>();
            lock(unit.division());
            nameIsFree(form.name().strip(), unit.division(), unit.id()).ifPresent(refusals::add);
            Found<Unit> parent = meaning.unit(by, "parent", form.parent(), form.parentPicked());
            parent.tell("parent", refusals, candidates);
            parent.one().flatMap(above -> parentStandsAbove(above, unit.division())).ifPresent(refusals::add);
            parent.one().flatMap(above -> notItsOwnParent(unit, above)).ifPresent(refusals::add);
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            jdbc.sql("update directory.unit set name = ?, initials = ?, parent = ? where id = ? and ended_at is null")
                    .params(form.name().strip(), pinyin.initials(form.name()), parent.one().map(Unit::id).orElse(null), unit.id())
                    .update();
            return new Answer.Done(unit.id().toString());
        });
    }

    /** Ends a unit at once, and with it its posts, who held them, leave, and the rules by which it leads. */
    Answer end(HeldPost by, Unit unit) {
        Ground.check(by, unit.division());
        return transactions.execute(_ -> {
            List<Refusal> refusals = new ArrayList<>();
            lock(unit.division());
            nothingStandsBelow(unit).ifPresent(refusals::add);
            receivesNoComplaints(unit).ifPresent(refusals::add);
            int open = business.stream().mapToInt(room -> room.open(unit.id())).sum();
            if (open > 0) {
                refusals.add(Refusal.of("directory-unit-holds-matters", open));
            }
            if (unit.id().equals(by.unit())) {
                refusals.add(Refusal.of("directory-own-unit"));
            }
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals);
            }
            var now = Days.at(clock.instant());
            jdbc.sql("""
                    delete from directory.leave l using directory.holding h, directory.post p
                     where h.id = l.holding and p.id = h.post and p.unit = ? and l.starts_at >= ?""").params(unit.id(), now).update();
            jdbc.sql("""
                    update directory.leave l set ends_at = ? from directory.holding h, directory.post p
                     where h.id = l.holding and p.id = h.post and p.unit = ? and l.ends_at > ?""").params(now, unit.id(), now).update();
            jdbc.sql("delete from directory.holding h using directory.post p where p.id = h.post and p.unit = ? and h.starts_at >= ?")
                    .params(unit.id(), now).update();
            jdbc.sql("""
                    update directory.holding h set ends_at = ? from directory.post p
                     where p.id = h.post and p.unit = ? and (h.ends_at is null or h.ends_at > ?)""").params(now, unit.id(), now).update();
            jdbc.sql("update directory.post set ended_at = ? where unit = ? and ended_at is null").params(now, unit.id()).update();
            jdbc.sql("update directory.handles set ends_at = ? where lead = ? and ends_at is null and starts_at < ?").params(now, unit.id(), now).update();
            jdbc.sql("update directory.unit set ended_at = ? where id = ? and ended_at is null").params(now, unit.id()).update();
            return new Answer.Done(unit.id().toString());
        });
    }

    static Optional<UnitType> typeOf(String code) {
        for (UnitType type : UnitType.values()) {
            if (type.code().equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Two administrators who enter the same name at once come one after the other. */
    private void lock(String division) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('directory.unit ' || ?))").param(division).query().singleRow();
    }

    private Optional<Refusal> nameIsFree(String name, String division, @Nullable UUID but) {
        boolean taken = jdbc.sql("""
                select exists (select from directory.unit where division_code = ? and name = ? and ended_at is null and id is distinct from ?::uuid)""")
                .params(division, name, but == null ? null : but.toString()).query(Boolean.class).single();
        return taken ? Optional.of(Refusal.at("name", "directory-name-taken", name)) : Optional.empty();
    }

    private static Optional<Refusal> parentStandsAbove(Unit parent, String division) {
        return division.startsWith(parent.division()) ? Optional.empty() : Optional.of(Refusal.at("parent", "directory-parent-elsewhere"));
    }

    private Optional<Refusal> notItsOwnParent(Unit unit, Unit parent) {
        return directory.withSubUnits(unit.id()).stream().anyMatch(below -> below.id().equals(parent.id()))
                ? Optional.of(Refusal.at("parent", "directory-parent-below")) : Optional.empty();
    }

    private Optional<Refusal> nothingStandsBelow(Unit unit) {
        long below = jdbc.sql("select count(*) from directory.unit where parent = ? and ended_at is null").param(unit.id()).query(Long.class).single();
        return below == 0 ? Optional.empty() : Optional.of(Refusal.of("directory-units-below", below));
    }

    private Optional<Refusal> receivesNoComplaints(Unit unit) {
        boolean receives = jdbc.sql("select exists (select from directory.receiving_organ where unit = ?)").param(unit.id()).query(Boolean.class).single();
        return receives ? Optional.of(Refusal.of("directory-receives-complaints")) : Optional.empty();
    }
}
