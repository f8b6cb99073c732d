package org.heshi.directory.importing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Categories;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.directory.desk.Days;
import org.heshi.directory.desk.Ground;
import org.heshi.directory.desk.Wording;
import org.heshi.directory.register.Rows;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes of a spreadsheet what would be entered, what is there already, and what is wrong with the rest. Writes nothing. */
@Component
class Planner {

    private static final Map<String, UnitType> TYPES = Map.ofEntries(
            Map.entry("综治中心", UnitType.CENTRE), Map.entry("部门", UnitType.DEPARTMENT), Map.entry("乡镇（街道）", UnitType.TOWN),
            Map.entry("乡镇", UnitType.TOWN), Map.entry("街道", UnitType.TOWN), Map.entry("村（社区）", UnitType.VILLAGE_COMMITTEE),
            Map.entry("村", UnitType.VILLAGE_COMMITTEE), Map.entry("社区", UnitType.VILLAGE_COMMITTEE),
            Map.entry("人民调解委员会", UnitType.MEDIATION_COMMITTEE), Map.entry("法院", UnitType.COURT), Map.entry("派出所", UnitType.POLICE_STATION),
            Map.entry("司法所", UnitType.JUDICIAL_OFFICE), Map.entry("网格队", UnitType.GRID_TEAM), Map.entry("外部服务单位", UnitType.PROVIDER));
    private static final Map<String, Role> ROLES = Map.ofEntries(
            Map.entry("窗口受理", Role.WINDOW_CLERK), Map.entry("分流派单", Role.DISPATCHER), Map.entry("承办", Role.HANDLER), Map.entry("负责人", Role.HEAD),
            Map.entry("网格员", Role.GRID_WORKER), Map.entry("调解员", Role.MEDIATOR), Map.entry("核查回访", Role.VERIFIER), Map.entry("督查", Role.SUPERVISOR),
            Map.entry("审计", Role.AUDITOR), Map.entry("系统管理", Role.ADMINISTRATOR));

    record Plan(Roster.Entries entries, int known, List<Problem> problems) {
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Divisions divisions;
    private final Categories categories;
    private final InstantSource clock;

    Planner(JdbcClient jdbc, TransactionTemplate transactions, Divisions divisions, Categories categories, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.divisions = divisions;
        this.categories = categories;
        this.clock = clock;
    }

    Plan plan(HeldPost by, Map<Kind, Spreadsheet.Table> tables) {
        return transactions.execute(_ -> {
            Drawing drawing = new Drawing(by, clock.instant());
            drawing.sheet(Kind.UNITS, tables, drawing::unit);
            drawing.sheet(Kind.POSTS, tables, drawing::post);
            drawing.sheet(Kind.RULES, tables, drawing::rule);
            return new Plan(new Roster.Entries(drawing.now, drawing.units, drawing.people, drawing.posts, drawing.holdings, drawing.rules, List.of()),
                    drawing.known, drawing.problems);
        });
    }

    private interface EachLine {
        void take(Row row);
    }

    /** One row while it is checked: its problems are collected under its columns. */
    private final class Row {
        private final Kind kind;
        private final Spreadsheet.Line line;
        private final List<Problem> problems = new ArrayList<>();

        Row(Kind kind, Spreadsheet.Line line) {
            this.kind = kind;
            this.line = line;
            for (int i = 0; i < line.cells().size(); i++) {
                int column = i;
                line.cells().get(i).trouble().ifPresent(code -> wrong(column, Refusal.of(code)));
            }
        }

        String text(int column) {
            return line.cells().get(column).text();
        }

        void wrong(int column, Refusal refusal) {
            Kind.Column at = kind.columns.get(column);
            problems.add(new Problem(new Bilingual(kind.zh, kind.en), line.number(), new Bilingual(at.zh(), at.en()), refusal));
        }

        void check(int column, List<Refusal> refusals) {
            if (line.cells().get(column).trouble().isEmpty()) {
                refusals.forEach(refusal -> wrong(column, refusal));
            }
        }

        boolean sound() {
            return problems.isEmpty();
        }
    }

    private final class Drawing {
        private final HeldPost by;
        private final Instant now;
        private final List<Unit> units = new ArrayList<>();
        private final List<Person> people = new ArrayList<>();
        private final List<Roster.NewPost> posts = new ArrayList<>();
        private final List<Roster.NewHolding> holdings = new ArrayList<>();
        private final List<Roster.NewRule> rules = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private int known;

        private final Map<String, Unit> unitByPlaceAndName = new HashMap<>();
        private final Map<String, List<Unit>> unitsByName = new HashMap<>();
        private final Map<String, Integer> unitRows = new HashMap<>();
        private final Set<String> heldPosts;
        private final Map<String, UUID> personByNameAndPhone = new HashMap<>();
        private final Map<String, UUID> leadByPair = new HashMap<>();
        private final Map<String, Integer> ruleRows = new HashMap<>();
        private final Set<String> currentCategories = new HashSet<>();

        Drawing(HeldPost by, Instant now) {
            this.by = by;
            this.now = now;
            categories.all().forEach(category -> currentCategories.add(category.code()));
            jdbc.sql("""
                    select id, type, name, division_code, parent from directory.unit
                     where ended_at is null and division_code >= :ground and division_code < :ground || chr(1114111)""")
                    .param("ground", by.division()).query(Rows::unit).list().forEach(this::know);
            heldPosts = new HashSet<>(jdbc.sql("""
                    select p.unit || '|' || p.title || '|' || coalesce(w.name, '')
                      from directory.post p
                      join directory.unit u on u.id = p.unit
                      left join directory.holding h on h.post = p.id and h.starts_at <= :now and (h.ends_at is null or :now < h.ends_at)
                      left join directory.person w on w.id = h.person
                     where p.ended_at is null and u.division_code >= :ground and u.division_code < :ground || chr(1114111)""")
                    .param("ground", by.division()).param("now", Days.at(now)).query(String.class).list());
            jdbc.sql("""
                    select distinct w.name || '|' || w.phone, w.id
                      from directory.person w join directory.holding h on h.person = w.id
                      join directory.post p on p.id = h.post join directory.unit u on u.id = p.unit
                     where w.phone is not null and u.division_code >= :ground and u.division_code < :ground || chr(1114111)""")
                    .param("ground", by.division())
                    .query((row, _) -> personByNameAndPhone.put(row.getString(1), row.getObject(2, UUID.class))).list();
            jdbc.sql("""
                    select category || '|' || division_code, lead from directory.handles
                     where (ends_at is null or ends_at > :now) and division_code >= :ground and division_code < :ground || chr(1114111)""")
                    .param("ground", by.division()).param("now", Days.at(now))
                    .query((row, _) -> leadByPair.put(row.getString(1), row.getObject(2, UUID.class))).list();
        }

        private void know(Unit unit) {
            unitByPlaceAndName.put(unit.division() + "|" + unit.name(), unit);
            unitsByName.computeIfAbsent(unit.name(), _ -> new ArrayList<>()).add(unit);
        }

        void sheet(Kind kind, Map<Kind, Spreadsheet.Table> tables, EachLine each) {
            Spreadsheet.Table table = tables.get(kind);
            if (table == null) {
                return;
            }
            if (!table.missing().isEmpty()) {
                problems.add(ofSheet(kind, Refusal.of("directory-sheet-headings", new Bilingual(
                        String.join("、", table.missing().stream().map(Kind.Column::zh).toList()),
                        String.join(", ", table.missing().stream().map(Kind.Column::en).toList())))));
            }
            if (table.cut()) {
                problems.add(ofSheet(kind, Refusal.of("directory-sheet-too-long", Spreadsheet.MOST_ROWS)));
            }
            for (Spreadsheet.Line line : table.lines()) {
                Row row = new Row(kind, line);
                each.take(row);
                problems.addAll(row.problems);
            }
        }

        void unit(Row row) {
            String name = row.text(0);
            row.check(0, Wording.name("", name, 80));
            Optional<UnitType> type = type(row.text(1));
            if (type.isEmpty()) {
                row.check(1, List.of(row.text(1).isEmpty() ? Refusal.of("directory-empty") : Refusal.of("directory-unknown-type", row.text(1))));
            }
            String place = row.text(2);
            boolean onGround = ground(row, 2, place);
            Optional<Unit> parent = row.text(3).isEmpty() ? Optional.empty() : named(row, 3, row.text(3), "");
            parent.filter(above -> onGround && !place.startsWith(above.division()))
                    .ifPresent(_ -> row.check(3, List.of(Refusal.of("directory-parent-elsewhere"))));
            String key = place + "|" + name;
            Integer before = unitRows.putIfAbsent(key, row.line.number());
            if (before != null && row.sound()) {
                row.wrong(0, Refusal.of("directory-twice-in-file", before));
            }
            if (!row.sound()) {
                return;
            }
            if (unitByPlaceAndName.containsKey(key)) {
                known++;
                return;
            }
            Unit unit = new Unit(Uuid7.at(now), type.orElseThrow(), name, place, parent.map(Unit::id));
            units.add(unit);
            know(unit);
        }

        void post(Row row) {
            Optional<Unit> unit = named(row, 0, row.text(0), row.text(1));
            String title = row.text(2);
            row.check(2, Wording.name("", title, 60));
            Set<Role> roles = roles(row, 3);
            String name = row.text(4);
            if (!name.isEmpty()) {
                row.check(4, Wording.name("", name, 60));
            }
            row.check(5, Wording.phone("", row.text(5)));
            row.check(6, Wording.email("", row.text(6)));
            String place = row.text(7);
            if (!place.isEmpty() && ground(row, 7, place) && unit.isPresent() && !place.startsWith(unit.get().division())) {
                row.wrong(7, Refusal.of("directory-place-outside-unit"));
            }
            if (!row.sound()) {
                return;
            }
            if (!heldPosts.add(unit.orElseThrow().id() + "|" + title + "|" + name)) {
                known++;
                return;
            }
            UUID post = Uuid7.at(now);
            posts.add(new Roster.NewPost(post, unit.orElseThrow().id(), title, roles, place.isEmpty() ? Optional.empty() : Optional.of(place)));
            if (!name.isEmpty()) {
                holdings.add(new Roster.NewHolding(post, person(name, row.text(5), row.text(6))));
            }
        }

        void rule(Row row) {
            String category = row.text(0);
            if (!category.isEmpty() && !currentCategories.contains(category)) {
                row.check(0, List.of(Refusal.of("directory-not-found", category)));
            }
            String place = row.text(1);
            ground(row, 1, place);
            Optional<Unit> lead = named(row, 2, row.text(2), "");
            List<Unit> helpers = new ArrayList<>();
            for (String helper : row.text(3).split("[、,，;；]")) {
                if (!helper.isBlank()) {
                    named(row, 3, helper.strip(), "").ifPresent(helpers::add);
                }
            }
            if (new LinkedHashSet<>(helpers).size() != helpers.size()) {
                row.check(3, List.of(Refusal.of("directory-helper-twice")));
            }
            lead.filter(helpers::contains).ifPresent(_ -> row.check(3, List.of(Refusal.of("directory-helper-leads"))));
            if (!row.sound()) {
                return;
            }
            String pair = category + "|" + place;
            Integer before = ruleRows.putIfAbsent(pair, row.line.number());
            UUID ruled = leadByPair.get(pair);
            if (before != null) {
                row.wrong(0, Refusal.of("directory-twice-in-file", before));
            } else if (ruled != null && ruled.equals(lead.orElseThrow().id())) {
                known++;
            } else if (ruled != null) {
                row.wrong(0, Refusal.of("directory-already-ruled", nameOf(ruled)));
            } else {
                rules.add(new Roster.NewRule(category, place, lead.orElseThrow().id(), helpers.stream().map(Unit::id).toList()));
            }
        }

        /** Two rows with the same name and telephone are one person, in the file as in the directory. */
        private UUID person(String name, String phone, String email) {
            if (!phone.isEmpty() && personByNameAndPhone.containsKey(name + "|" + phone)) {
                return personByNameAndPhone.get(name + "|" + phone);
            }
            Person person = new Person(Uuid7.at(now), name, phone.isEmpty() ? Optional.empty() : Optional.of(phone),
                    email.isEmpty() ? Optional.empty() : Optional.of(email));
            people.add(person);
            if (!phone.isEmpty()) {
                personByNameAndPhone.put(name + "|" + phone, person.id());
            }
            return person.id();
        }

        private boolean ground(Row row, int column, String place) {
            if (place.isEmpty()) {
                row.check(column, List.of(Refusal.of("directory-empty")));
                return false;
            }
            if (!place.chars().allMatch(c -> c >= '0' && c <= '9') || divisions.find(place).isEmpty()) {
                row.check(column, List.of(Refusal.of("directory-not-found", place)));
                return false;
            }
            if (!Ground.covers(by, place)) {
                row.check(column, List.of(Refusal.of("directory-not-your-ground", place)));
                return false;
            }
            return true;
        }

        /** A unit of the ground or of the file; with the code of its place when the name alone says too little. */
        private Optional<Unit> named(Row row, int column, String name, String place) {
            List<Unit> all = unitsByName.getOrDefault(name, List.of()).stream()
                    .filter(unit -> place.isEmpty() || unit.division().equals(place)).toList();
            if (all.size() == 1) {
                return Optional.of(all.getFirst());
            }
            row.check(column, List.of(name.isEmpty() ? Refusal.of("directory-empty")
                    : all.isEmpty() ? Refusal.of("directory-not-found", name) : Refusal.of("directory-several", all.size())));
            return Optional.empty();
        }

        private String nameOf(UUID unit) {
            return unitByPlaceAndName.values().stream().filter(u -> u.id().equals(unit)).map(Unit::name).findFirst().orElse("–");
        }

        private Set<Role> roles(Row row, int column) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (String typed : row.text(column).split("[、,，;；]")) {
                String role = typed.strip();
                if (!role.isEmpty()) {
                    Optional<Role> found = Optional.ofNullable(ROLES.get(role)).or(() -> Role.find(role.toLowerCase(Locale.ROOT).replace(' ', '-')));
                    found.ifPresentOrElse(roles::add, () -> row.check(column, List.of(Refusal.of("directory-unknown-role", role))));
                }
            }
            if (roles.isEmpty() && row.text(column).isBlank()) {
                row.check(column, List.of(Refusal.of("directory-no-role")));
            }
            return roles;
        }

        private Problem ofSheet(Kind kind, Refusal refusal) {
            return new Problem(new Bilingual(kind.zh, kind.en), 0, new Bilingual("", ""), refusal);
        }
    }

    private static Optional<UnitType> type(String typed) {
        UnitType named = TYPES.get(typed);
        if (named != null) {
            return Optional.of(named);
        }
        String code = typed.toLowerCase(Locale.ROOT).replace(' ', '-');
        for (UnitType type : UnitType.values()) {
            if (type.code().equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
