package org.heshi.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.heshi.directory.Role;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CannotStart;
import org.jspecify.annotations.Nullable;

/**
 * Who may see, do and take out what of a matter: the one table that people read ({@code access/table.md}) and the program goes by. Procedures are measured
 * against it when they are read, acting asks it, and a test compares with it, cell by cell, what PostgreSQL really shows. It is part of the program and no
 * setting: what decides in SQL cannot follow a file that somebody changes.
 */
public final class AccessTable {

    /** What of a matter. */
    public enum Field {
        /** That there is such a matter: number, kind, level, state, place and offices. */ NUMBER,
        /** Title and description. */ WORDS,
        /** Where exactly, in words and on the map. */ PLACE,
        /** Names, telephone, mail, address. */ CONTACT,
        /** Photos and files. */ FILES,
        /** What offices at work write for one another. */ NOTES,
        /** What is written behind closed doors, for the lead alone. */ SESSION,
        /** What the reporter is told. */ ANSWER,
        /** What was done when by which office and why; time limits. */ HISTORY,
        /** Other matters that belong with it. */ LINKS,
        /** Which offices looked. */ LOOKS,
        /** Receipt and proof that the record is unchanged. */ PROOF;

        public String code() {
            return AccessTable.code(this);
        }
    }

    /** How somebody stands to a matter. */
    public enum Standing {
        /** It does not exist yet: who makes it. */ NEW,
        /** Their unit took it in. */ DESK,
        /** Their unit must solve it. */ LEAD,
        /** Their unit helps. */ HELPER,
        /** Their unit checks the answer. */ VERIFIER,
        /** Their unit heard it first and handed it on. */ ORIGIN,
        /** A centre in whose place it lies. */ ABOVE,
        /** A town government, no centre, in whose place it lies. */ ABOVE_TOWN,
        /** Their unit has nothing to do with it, and they opened it for a given reason. */ OPENED,
        /** They have nothing to do with it. */ NONE,
        /** It is about them, their unit or one above it. */ BARRED,
        /** The resident who reported it, with number and code. */ REPORTER,
        /** Another person whom it concerns. */ PARTY;

        public String code() {
            return AccessTable.code(this);
        }
    }

    /** How much of it is seen. */
    public enum Sight {
        NO,
        /** All of it. */ ALL,
        /** What is about oneself. */ OWN,
        /** Masked until it is asked for, while it is their unit's turn. */ TURN,
        /** Masked until it is asked for, until the matter has ended. */ OPEN
    }

    public record Cell(Sight see, boolean act, boolean export) {

        public static final Cell NOTHING = new Cell(Sight.NO, false, false);
    }

    /** A line of the table as it was written. @param section the heading above it @param kinds groups or kinds */
    public record Line(Bilingual section, List<String> who, List<Standing> stands, List<String> kinds, Map<Field, Cell> cells, Bilingual why) {

        public Line {
            who = List.copyOf(who);
            stands = List.copyOf(stands);
            kinds = List.copyOf(kinds);
            cells = Map.copyOf(cells);
        }
    }

    /**
     * Who is let in to a page at all; what of a matter they see there is in the other lines.
     *
     * @param address of pages; ends in {@code **} for all below; begins with {@code POST} where sending is for fewer than reading
     */
    public record Page(String address, List<String> who, Bilingual why) {

        public Page {
            who = List.copyOf(who);
        }

        boolean covers(String method, String path) {
            if (!address.startsWith("/")) {
                return address.equals(method + " " + path);
            }
            return address.endsWith("**") ? path.startsWith(address.substring(0, address.length() - 2)) : path.equals(address);
        }

        /** Everything below is meant less than a page that is named. */
        int weight() {
            return address.endsWith("**") ? address.length() : address.startsWith("/") ? Integer.MAX_VALUE - 1 : Integer.MAX_VALUE;
        }
    }

    /** Everybody who is no staff. */
    public static final String RESIDENT = "resident";
    public static final String STRANGER = "stranger";
    /** Another program that signed in for itself. */
    public static final String CLIENT = "client";
    public static final String MACHINE = "machine";

    /** Groups of kinds. */
    public static final String BROUGHT = "brought";
    public static final String BETWEEN_OFFICES = "between-offices";

    private static final Set<Standing> OF_STAFF = EnumSet.complementOf(EnumSet.of(Standing.REPORTER, Standing.PARTY));
    private static final Set<Standing> OF_RESIDENTS = EnumSet.of(Standing.REPORTER, Standing.PARTY, Standing.NONE);
    private static final Set<Standing> OF_PROGRAMS = EnumSet.of(Standing.NEW, Standing.REPORTER, Standing.NONE);
    private static final Set<Standing> OF_OTHERS = EnumSet.of(Standing.NEW, Standing.NONE);

    private final List<Line> lines;
    private final Map<String, String> groups;
    private final List<Page> pages;
    private final Map<String, Integer> whoIndex = new HashMap<>();
    private final Map<String, Integer> kindIndex = new LinkedHashMap<>();
    private final Cell[][][][] cells;
    /** Role, standing and kind to the fields that may be acted on, one bit each: asked for each action of a procedure. */
    private final int[][][] acts;
    private final Map<Standing, Set<Role>> seeing;
    private final Map<Standing, Set<Role>> exporting;

    /**
     * @param groups kind to its group
     * @throws IllegalArgumentException with everything that is wrong, a line each
     */
    AccessTable(List<Line> lines, Map<String, String> groups, List<Page> pages) {
        this.pages = List.copyOf(pages);
        this.lines = List.copyOf(lines);
        this.groups = Map.copyOf(groups);
        people().forEach(who -> whoIndex.put(who, whoIndex.size()));
        // a county's own kinds are guarded as their group
        kindIndex.put(BROUGHT, 0);
        kindIndex.put(BETWEEN_OFFICES, 1);
        groups.keySet().stream().sorted().forEach(kind -> kindIndex.put(kind, kindIndex.size()));
        int standings = Standing.values().length;
        int fields = Field.values().length;
        cells = new Cell[whoIndex.size()][standings][kindIndex.size()][];
        acts = new int[whoIndex.size()][standings][kindIndex.size()];
        List<String> wrong = new ArrayList<>();
        Set<String> addresses = new LinkedHashSet<>();
        pages.stream().filter(page -> !addresses.add(page.address())).forEach(page -> wrong.add("two lines say who is let in to " + page.address()));
        for (Line line : lines) {
            fill(line, fields, wrong);
        }
        for (String who : people()) {
            for (Standing standing : standingsOf(who)) {
                for (String kind : kindIndex.keySet()) {
                    if (cells[whoIndex.get(who)][standing.ordinal()][kindIndex.get(kind)] == null) {
                        wrong.add("no line says what '" + who + "' may who stands as '" + standing.code() + "' to a matter of kind '" + kind + "'");
                    }
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), wrong));
        }
        seeing = roles(cell -> cell.see() != Sight.NO);
        exporting = roles(Cell::export);
    }

    private void fill(Line line, int fields, List<String> wrong) {
        for (String who : line.who()) {
            for (Standing standing : line.stands()) {
                if (!standingsOf(who).contains(standing)) {
                    wrong.add("'" + who + "' never stands as '" + standing.code() + "'");
                    continue;
                }
                for (String kind : kindsOf(line.kinds())) {
                    Cell[][] of = cells[whoIndex.get(who)][standing.ordinal()];
                    int at = kindIndex.get(kind);
                    if (of[at] != null) {
                        wrong.add("two lines say what '" + who + "' may who stands as '" + standing.code() + "' to a matter of kind '" + kind + "'");
                        continue;
                    }
                    of[at] = new Cell[fields];
                    for (Field field : Field.values()) {
                        Cell cell = line.cells().getOrDefault(field, Cell.NOTHING);
                        of[at][field.ordinal()] = cell;
                        if (cell.act()) {
                            acts[whoIndex.get(who)][standing.ordinal()][at] |= 1 << field.ordinal();
                        }
                    }
                    contradictions(who, standing, kind, of[at], wrong);
                }
            }
        }
    }

    /** What no line may say, whoever writes it. */
    private static void contradictions(String who, Standing standing, String kind, Cell[] of, List<String> wrong) {
        String line = "'" + who + "' who stands as '" + standing.code() + "' to a matter of kind '" + kind + "'";
        boolean unseen = of[Field.NUMBER.ordinal()].see() == Sight.NO;
        for (Field field : Field.values()) {
            Cell cell = of[field.ordinal()];
            if (unseen && cell.see() != Sight.NO) {
                wrong.add(line + " would see " + field.code() + " of a matter that must not be known to be there");
            }
            if (cell.export() && cell.see() == Sight.NO) {
                wrong.add(line + " would take out " + field.code() + ", which must not be seen");
            }
            if (cell.act() && unseen && standing != Standing.NEW) {
                wrong.add(line + " would act on " + field.code() + " of a matter that must not be known to be there");
            }
            boolean something = !cell.equals(Cell.NOTHING);
            if (something && (standing == Standing.BARRED || who.equals(Role.ADMINISTRATOR.code()))) {
                wrong.add(line + " must have nothing, and would have " + field.code());
            }
            if (standing == Standing.OPENED && (cell.act() || cell.export())) {
                wrong.add(line + " only reads, and would do something with " + field.code());
            }
        }
    }

    private Set<String> kindsOf(List<String> written) {
        Set<String> kinds = new LinkedHashSet<>();
        for (String word : written) {
            if (word.equals("all")) {
                kinds.addAll(kindIndex.keySet());
            } else if (word.equals(BROUGHT) || word.equals(BETWEEN_OFFICES)) {
                kinds.add(word);
                groups.forEach((kind, group) -> {
                    if (group.equals(word)) {
                        kinds.add(kind);
                    }
                });
            } else {
                kinds.add(word);
            }
        }
        return kinds;
    }

    /**
     * The table that this program goes by.
     *
     * @throws CannotStart when it is wrong; the first who asks is a part that is made when the program starts
     */
    public static AccessTable shipped() {
        if (Shipped.TABLE == null) {
            throw CannotStart.because("Heshi does not start: the access table is wrong." + System.lineSeparator() + Shipped.WRONG);
        }
        return Shipped.TABLE;
    }

    private static final class Shipped {

        private static final @Nullable AccessTable TABLE;
        private static final String WRONG;

        static {
            AccessTable read = null;
            String wrong = "";
            try {
                read = TableFile.shipped(AccessTable::new);
            } catch (IllegalArgumentException e) {
                wrong = String.valueOf(e.getMessage());
            }
            TABLE = read;
            WRONG = wrong;
        }
    }

    /** Another one, from its text; for the test of what is refused. @throws IllegalArgumentException with everything that is wrong */
    public static AccessTable read(String text) {
        return TableFile.read(text, AccessTable::new);
    }

    /** Roles of staff, then everybody else, by code. */
    public static List<String> people() {
        List<String> people = new ArrayList<>(Arrays.stream(Role.values()).map(Role::code).toList());
        people.addAll(List.of(RESIDENT, STRANGER, CLIENT, MACHINE));
        return people;
    }

    /** How somebody may stand to a matter. */
    public static Set<Standing> standingsOf(String who) {
        return switch (who) {
            case RESIDENT -> OF_RESIDENTS;
            case CLIENT -> OF_PROGRAMS;
            case STRANGER, MACHINE -> OF_OTHERS;
            default -> OF_STAFF;
        };
    }

    public List<Line> lines() {
        return lines;
    }

    public List<Page> pages() {
        return pages;
    }

    /** Who is let in to a page, by the line that names it most exactly; empty when none does. @param path as its mapping has it, with names of variables */
    public Optional<Set<String>> page(String method, String path) {
        return pages.stream().filter(page -> page.covers(method, path)).max(Comparator.comparingInt(Page::weight)).map(page -> Set.copyOf(page.who()));
    }

    /** Shipped kinds with their group. */
    public Map<String, String> groups() {
        return groups;
    }

    /** A kind that the table does not name has what its group has. */
    private int kind(String kind, boolean internal) {
        Integer known = kindIndex.get(kind);
        return known != null ? known : internal ? 1 : 0;
    }

    /**
     * @param kind     of a matter, or a group
     * @param internal whether offices make such matters for one another; asked only where the table does not name the kind
     */
    public Cell cell(String who, Standing standing, String kind, boolean internal, Field field) {
        Integer index = whoIndex.get(who);
        if (index == null || !standingsOf(who).contains(standing)) {
            return Cell.NOTHING;
        }
        return cells[index][standing.ordinal()][kind(kind, internal)][field.ordinal()];
    }

    /** Whether this role, standing so, may act on these fields: one look into an array. */
    public boolean acts(Role role, Standing standing, String kind, boolean internal, Set<Field> fields) {
        return (bits(fields) & ~acts[role.ordinal()][standing.ordinal()][kind(kind, internal)]) == 0;
    }

    /** The same for who is no staff. */
    public boolean acts(String who, Standing standing, String kind, boolean internal, Set<Field> fields) {
        return (bits(fields) & ~acts[whoIndex.get(who)][standing.ordinal()][kind(kind, internal)]) == 0;
    }

    private static int bits(Set<Field> fields) {
        int bits = 0;
        for (Field field : fields) {
            bits |= 1 << field.ordinal();
        }
        return bits;
    }

    /** The roles that see a matter of this standing at all, whatever its kind. */
    public Set<Role> seeing(Standing standing) {
        return seeing.getOrDefault(standing, Set.of());
    }

    /** The roles that may take matters of this standing out in a list. */
    public Set<Role> exporting(Standing standing) {
        return exporting.getOrDefault(standing, Set.of());
    }

    private Map<Standing, Set<Role>> roles(Predicate<Cell> has) {
        Map<Standing, Set<Role>> all = new EnumMap<>(Standing.class);
        for (Standing standing : OF_STAFF) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (Role role : Role.values()) {
                if (has.test(cells[role.ordinal()][standing.ordinal()][0][Field.NUMBER.ordinal()])) {
                    roles.add(role);
                }
            }
            all.put(standing, roles);
        }
        return all;
    }

    static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Standing> standing(String code) {
        return Arrays.stream(Standing.values()).filter(standing -> standing.code().equals(code)).findFirst();
    }

    public static Optional<Field> field(String code) {
        return Arrays.stream(Field.values()).filter(field -> field.code().equals(code)).findFirst();
    }
}
