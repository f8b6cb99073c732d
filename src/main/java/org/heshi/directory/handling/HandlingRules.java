package org.heshi.directory.handling;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Unit;
import org.heshi.directory.desk.Answer;
import org.heshi.directory.desk.Candidate;
import org.heshi.directory.desk.Days;
import org.heshi.directory.desk.Found;
import org.heshi.directory.desk.Ground;
import org.heshi.directory.desk.Meaning;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The rules of who handles what, and who receives complaints. */
@Component
class HandlingRules {

    static final int ROWS = 30;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Categories categories;
    private final Divisions divisions;
    private final Meaning meaning;
    private final InstantSource clock;

    HandlingRules(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Categories categories, Divisions divisions, Meaning meaning,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.categories = categories;
        this.divisions = divisions;
        this.meaning = meaning;
        this.clock = clock;
    }

    /** The rules in force on the administrator's ground, by place and category. @param category a code, and all below it; empty for all */
    Page<RuleRow> list(HeldPost by, String category, String after, Locale locale) {
        record Row(UUID id, String category, String place, UUID lead, List<UUID> helpers) {
        }
        var now = Days.at(clock.instant());
        List<Row> rows = transactions.execute(_ -> jdbc.sql("""
                select r.id, r.category, r.division_code, r.lead, array(select h.unit from directory.helper h where h.rule = r.id order by h.ordinal)
                  from directory.handles r
                 where r.division_code >= :ground and r.division_code < :ground || chr(1114111)
                   and starts_with(r.category, :category)
                   and r.starts_at <= :now and (r.ends_at is null or :now < r.ends_at)
                   and (:after = '' or (r.division_code, r.category, r.id) >
                        (select a.division_code, a.category, a.id from directory.handles a where a.id = nullif(:after, '')::uuid))
                 order by r.division_code, r.category, r.id
                 limit :rows""")
                .param("ground", by.division()).param("category", category).param("now", now).param("after", after).param("rows", ROWS + 1)
                .query((row, _) -> new Row(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getObject(4, UUID.class),
                        Arrays.asList((UUID[]) row.getArray(5).getArray())))
                .list());
        Set<UUID> ids = new LinkedHashSet<>();
        rows.forEach(row -> {
            ids.add(row.lead());
            ids.addAll(row.helpers());
        });
        Map<UUID, Unit> units = directory.units(ids);
        return Page.cut(rows.stream().map(row -> new RuleRow(row.id(), row.category().isEmpty() ? "" : categories.path(row.category(), locale),
                placeName(row.place()), units.get(row.lead()).name(), row.lead(),
                row.helpers().stream().map(units::get).map(Unit::name).toList())).toList(), ROWS, row -> row.id().toString());
    }

    Answer add(HeldPost by, RuleForm form) {
        return transactions.execute(_ -> {
            List<Refusal> refusals = new ArrayList<>();
            Map<String, List<Candidate>> candidates = new HashMap<>();
            Found<Category> category = meaning.category("category", form.category(), form.categoryPicked());
            category.tell("category", refusals, candidates);
            Found<Division> place = required("place", meaning.place(by, "place", form.place(), form.placePicked()), refusals, candidates);
            Found<Unit> lead = required("lead", meaning.unit(by, "lead", form.lead(), form.leadPicked()), refusals, candidates);
            List<Unit> helpers = new ArrayList<>();
            helper(by, "helper1", form.helper1(), form.helper1Picked(), helpers, refusals, candidates);
            helper(by, "helper2", form.helper2(), form.helper2Picked(), helpers, refusals, candidates);
            helper(by, "helper3", form.helper3(), form.helper3Picked(), helpers, refusals, candidates);
            lead.one().filter(helpers::contains).ifPresent(_ -> refusals.add(Refusal.at("helper1", "directory-helper-leads")));
            if (helpers.size() != Set.copyOf(helpers).size()) {
                refusals.add(Refusal.at("helper1", "directory-helper-twice"));
            }
            String code = category.one().map(Category::code).orElse("");
            Instant now = clock.instant();
            jdbc.sql("select pg_advisory_xact_lock(hashtext('directory.handles'))").query().singleRow();
            place.one().flatMap(division -> alreadyRuled(code, division.code(), now)).ifPresent(refusals::add);
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            UUID id = Uuid7.at(now);
            jdbc.sql("insert into directory.handles (id, category, division_code, lead, starts_at) values (?, ?, ?, ?, ?)")
                    .params(id, code, place.one().orElseThrow().code(), lead.one().orElseThrow().id(), Days.at(now)).update();
            for (int i = 0; i < helpers.size(); i++) {
                jdbc.sql("insert into directory.helper (rule, ordinal, unit) values (?, ?, ?)").params(id, i + 1, helpers.get(i).id()).update();
            }
            return new Answer.Done(id.toString());
        });
    }

    /** @throws NoSuchElementException when there is no such rule on the administrator's ground */
    RuleRow get(HeldPost by, UUID id, Locale locale) {
        record Row(String category, String place, UUID lead) {
        }
        Row row = transactions.execute(_ -> jdbc.sql("select category, division_code, lead from directory.handles where id = ?").param(id)
                .query((r, _) -> new Row(r.getString(1), r.getString(2), r.getObject(3, UUID.class))).optional())
                .orElseThrow(() -> new NoSuchElementException("no such rule"));
        Ground.check(by, row.place());
        Unit lead = directory.findUnit(row.lead()).orElseThrow();
        return new RuleRow(id, row.category().isEmpty() ? "" : categories.path(row.category(), locale), placeName(row.place()), lead.name(), lead.id(),
                List.of());
    }

    void end(UUID id) {
        var now = Days.at(clock.instant());
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                update directory.handles set ends_at = greatest(?::timestamptz, starts_at + interval '1 microsecond')
                 where id = ? and (ends_at is null or ends_at > ?)""")
                .params(now, id, now).update());
    }

    Optional<Unit> receivingOrgan(HeldPost by) {
        return jdbc.sql("select unit from directory.receiving_organ where division_code = ?").param(by.division()).query(UUID.class).optional()
                .flatMap(directory::findUnit);
    }

    /** Names who receives complaints about the offices of the administrator's division; nothing typed: nobody here, the next one above does. */
    Answer receive(HeldPost by, String typed, String picked) {
        return transactions.execute(_ -> {
            List<Refusal> refusals = new ArrayList<>();
            Map<String, List<Candidate>> candidates = new HashMap<>();
            Found<Unit> organ = meaning.unitHereOrAbove(by, "organ", typed, picked);
            organ.tell("organ", refusals, candidates);
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals, candidates);
            }
            organ.one().ifPresentOrElse(
                    unit -> jdbc.sql("""
                            insert into directory.receiving_organ (division_code, unit) values (?, ?)
                            on conflict (division_code) do update set unit = excluded.unit""").params(by.division(), unit.id()).update(),
                    () -> jdbc.sql("delete from directory.receiving_organ where division_code = ?").param(by.division()).update());
            return new Answer.Done(by.division());
        });
    }

    String placeName(String code) {
        return divisions.fullNames(List.of(code)).getOrDefault(code, code);
    }

    private static <T> Found<T> required(String field, Found<T> found, List<Refusal> refusals, Map<String, List<Candidate>> candidates) {
        found.tell(field, refusals, candidates);
        if (found instanceof Found.Nothing) {
            refusals.add(Refusal.at(field, "directory-empty"));
        }
        return found;
    }

    private void helper(HeldPost by, String field, String typed, String picked, List<Unit> helpers, List<Refusal> refusals,
            Map<String, List<Candidate>> candidates) {
        Found<Unit> found = meaning.unit(by, field, typed, picked);
        found.tell(field, refusals, candidates);
        found.one().ifPresent(helpers::add);
    }

    private Optional<Refusal> alreadyRuled(String category, String division, Instant now) {
        return jdbc.sql("""
                select u.name from directory.handles r join directory.unit u on u.id = r.lead
                 where r.category = ? and r.division_code = ? and (r.ends_at is null or r.ends_at > ?) limit 1""")
                .params(category, division, Days.at(now)).query(String.class).optional()
                .map(lead -> Refusal.at("category", "directory-already-ruled", lead));
    }
}
