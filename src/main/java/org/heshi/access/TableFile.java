package org.heshi.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.AccessTable.Cell;
import org.heshi.access.AccessTable.Field;
import org.heshi.access.AccessTable.Line;
import org.heshi.access.AccessTable.Page;
import org.heshi.access.AccessTable.Sight;
import org.heshi.access.AccessTable.Standing;
import org.heshi.directory.Role;
import org.heshi.kernel.Bilingual;

/**
 * Reads the table as it stands in a text that people read: lines that begin with a bar are rows, everything else is explanation. A row that begins
 * with {@code who} names the columns of those below; one that begins with {@code kinds} says which kinds make a group, one that begins
 * with an address who is let in there.
 */
final class TableFile {

    private static final String NAME = "/access/table.md";
    private static final List<String> BEFORE = List.of("who", "stands", "kinds");
    private static final List<String> AFTER = List.of("为什么", "why");
    private static final Map<String, Sight> SIGHTS = Map.of("S", Sight.ALL, "O", Sight.OWN, "T", Sight.TURN, "W", Sight.OPEN);

    private final List<String> wrong = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, String> groups = new LinkedHashMap<>();
    private final List<Page> pages = new ArrayList<>();
    private List<Field> columns = List.of();
    private Bilingual section = new Bilingual("", "");

    @FunctionalInterface
    interface Make {

        AccessTable of(List<Line> lines, Map<String, String> groups, List<Page> pages);
    }

    private TableFile() {
    }

    /** @throws IllegalStateException when the program was built with a wrong table */
    static AccessTable shipped(Make make) {
        try (InputStream in = TableFile.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException("the access table is missing");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), make);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException with everything that is wrong, a line each */
    static AccessTable read(String text, Make make) {
        TableFile file = new TableFile();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.startsWith("## ")) {
                file.section(number, line.substring(3).strip());
            } else if (line.startsWith("|") && !line.matches("[| :-]+")) {
                file.row(number, Arrays.stream(line.strip().substring(1).split("\\|", -1)).map(String::strip).toList());
            }
        }
        if (!file.wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), file.wrong));
        }
        return make.of(file.lines, file.groups, file.pages);
    }

    private void section(int number, String title) {
        String[] both = title.split(" · ");
        if (both.length != 2) {
            wrong.add("line " + number + ": a heading is said in both languages, with ' · ' between them");
        } else {
            section = new Bilingual(both[0], both[1]);
        }
    }

    private void row(int number, List<String> cells) {
        List<String> row = cells.getLast().isEmpty() ? cells.subList(0, cells.size() - 1) : cells;
        if (row.getFirst().equals("group") || row.getFirst().equals("page")) {
            return;
        }
        if (row.getFirst().startsWith("kinds ")) {
            group(number, row.getFirst().substring("kinds ".length()), row.size() > 1 ? words(row.get(1)) : List.of());
        } else if (row.getFirst().matches("(POST )?/.*")) {
            page(number, row);
        } else if (row.getFirst().equals(BEFORE.getFirst())) {
            head(number, row);
        } else if (columns.isEmpty()) {
            wrong.add("line " + number + ": a line before the names of the columns");
        } else if (row.size() != BEFORE.size() + columns.size() + AFTER.size()) {
            wrong.add("line " + number + ": " + row.size() + " cells, and " + (BEFORE.size() + columns.size() + AFTER.size()) + " are expected");
        } else {
            line(number, row);
        }
    }

    private void group(int number, String group, List<String> kinds) {
        if (!group.equals(AccessTable.BROUGHT) && !group.equals(AccessTable.BETWEEN_OFFICES)) {
            wrong.add("line " + number + ": unknown group of kinds '" + group + "'");
        }
        for (String kind : kinds) {
            if (groups.putIfAbsent(kind, group) != null) {
                wrong.add("line " + number + ": the kind '" + kind + "' stands in two groups");
            }
        }
    }

    private void head(int number, List<String> row) {
        List<Field> fields = new ArrayList<>();
        boolean framed = row.size() > BEFORE.size() + AFTER.size() && row.subList(0, BEFORE.size()).equals(BEFORE)
                && row.subList(row.size() - AFTER.size(), row.size()).equals(AFTER);
        if (!framed) {
            wrong.add("line " + number + ": the columns begin with " + BEFORE + " and end with " + AFTER);
            return;
        }
        for (String name : row.subList(BEFORE.size(), row.size() - AFTER.size())) {
            Optional<Field> field = AccessTable.field(name);
            if (field.isEmpty() || fields.contains(field.get())) {
                wrong.add("line " + number + ": " + (field.isEmpty() ? "unknown field '" : "doubled field '") + name + "'");
            }
            field.ifPresent(fields::add);
        }
        for (Field field : Field.values()) {
            if (!fields.contains(field)) {
                wrong.add("line " + number + ": the field '" + field.code() + "' has no column");
            }
        }
        columns = fields;
    }

    private void page(int number, List<String> row) {
        if (row.size() != 4) {
            wrong.add("line " + number + ": a page, who is let in, and why in both languages");
            return;
        }
        pages.add(new Page(row.getFirst(), List.copyOf(who(number, row.get(1))), new Bilingual(row.get(2), row.get(3))));
    }

    private Set<String> who(int number, String written) {
        Set<String> who = new LinkedHashSet<>();
        for (String word : words(written)) {
            if (word.equals("staff")) {
                Arrays.stream(Role.values()).map(Role::code).forEach(who::add);
            } else if (AccessTable.people().contains(word)) {
                who.add(word);
            } else {
                wrong.add("line " + number + ": unknown role '" + word + "'");
            }
        }
        return who;
    }

    private void line(int number, List<String> row) {
        Set<String> who = who(number, row.getFirst());
        List<Standing> stands = new ArrayList<>();
        for (String word : words(row.get(1))) {
            AccessTable.standing(word).ifPresentOrElse(stands::add, () -> wrong.add("line " + number + ": unknown relation '" + word + "'"));
        }
        List<String> kinds = words(row.get(2));
        for (String word : kinds) {
            if (!word.equals("all") && !word.equals(AccessTable.BROUGHT) && !word.equals(AccessTable.BETWEEN_OFFICES) && !groups.containsKey(word)) {
                wrong.add("line " + number + ": unknown kind '" + word + "'");
            }
        }
        Map<Field, Cell> cells = new EnumMap<>(Field.class);
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), cell(number, row.get(BEFORE.size() + i)));
        }
        String zh = row.get(row.size() - 2);
        String en = row.getLast();
        if (who.isEmpty() || stands.isEmpty() || kinds.isEmpty() || zh.isEmpty() || en.isEmpty()) {
            wrong.add("line " + number + ": who, how they stand, which kinds and why, in both languages, must be said");
            return;
        }
        lines.add(new Line(section, List.copyOf(who), stands, kinds, cells, new Bilingual(zh, en)));
    }

    /** One letter of how much is seen, then A and X. */
    private Cell cell(int number, String written) {
        if (written.equals("-")) {
            return Cell.NOTHING;
        }
        String rest = written;
        Sight see = Sight.NO;
        if (!rest.isEmpty() && SIGHTS.containsKey(rest.substring(0, 1))) {
            see = SIGHTS.get(rest.substring(0, 1));
            rest = rest.substring(1);
        }
        if (written.isEmpty() || !List.of("", "A", "X", "AX").contains(rest)) {
            wrong.add("line " + number + ": '" + written + "' is no cell: -, or one of S O T W, then A and X where they are so");
            return Cell.NOTHING;
        }
        return new Cell(see, rest.startsWith("A"), rest.endsWith("X"));
    }

    private static List<String> words(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split("[ ,]+"));
    }
}
