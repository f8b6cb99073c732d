package org.heshi.statistics.cube;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures.Row;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.jspecify.annotations.Nullable;

/** Sums packed cells into the answer of one question. Pure: rows of cells in, rows of figures out. */
final class Reading {

    /** Which column of a row answers it. */
    enum Column {
        MATTERS, UNITS, HOURS
    }

    private static final Set<By> OF_MATTERS = Set.of(By.PLACE, By.TOWN, By.KIND, By.CATEGORY_1, By.CATEGORY_2, By.CATEGORY_3, By.CHANNEL, By.LEVEL, By.OUTCOME, By.DAY,
            By.MONTH, By.WEEKDAY);
    private static final Set<By> OF_UNITS = Set.of(By.PLACE, By.TOWN, By.UNIT, By.KIND, By.OUTCOME, By.DAY, By.MONTH, By.WEEKDAY);
    private static final Set<By> OF_HOURS = Set.of(By.PLACE, By.TOWN, By.HOUR, By.WEEKDAY, By.KIND, By.DAY, By.MONTH);
    private static final int WIDTH = 20;

    /** A row of the answer without its time. */
    private record Group(String place, long dims) {
    }

    private final Question question;
    final Column column;
    private final Dictionary words;
    private final By[] by;
    /** By place and time; the keys of these cells are what the question shows them by. */
    private final Map<String, Map<LocalDate, Cells>> sums = new HashMap<>();
    private final Map<Group, Long> openNow = new HashMap<>();
    /** What came and went without its outcome; only where sums tell outcomes apart. */
    private final Map<Group, Map<LocalDate, Long>> nets = new HashMap<>();
    private final Map<KeptCells.Packed, Long> stocks;
    private final boolean whole;
    /** The sum of all, where it was read besides its parts. */
    private @Nullable Cell ofAll;
    private final boolean days;
    private final boolean months;
    private final boolean weekdays;
    private final boolean outcomes;
    private final @Nullable BitSet kinds;
    private final @Nullable BitSet categories;
    private final int channel;
    private final int level;
    private final int outcome;
    private final int unit;
    private final int hour;
    private final int comingDay;
    private final long telling;
    /** The highest key of a cell that can count. */
    private final long last;
    private final Map<String, Integer> shortened = new HashMap<>();
    /** By how many digits of it count and its number. */
    private final int[][] cut = new int[5][0];
    private final List<String> shortenedBack = new ArrayList<>(List.of(""));

    /** @param stocks what rows of matters add to the stock when nothing is told apart: several questions read the same rows */
    Reading(Question question, Dictionary words, Map<KeptCells.Packed, Long> stocks) {
        this.question = question;
        this.stocks = stocks;
        this.whole = whole(question);
        this.words = words;
        this.by = question.by().toArray(By[]::new);
        this.column = column(question);
        this.days = question.by().contains(By.DAY);
        this.months = question.by().contains(By.MONTH);
        this.weekdays = question.by().contains(By.WEEKDAY);
        this.outcomes = question.by().contains(By.OUTCOME);
        Only only = question.only();
        Set<String> some = new TreeSet<>(only.kinds());
        if (only.kind().isPresent()) {
            if (some.isEmpty()) {
                some.add(only.kind().get());
            } else {
                some.retainAll(Set.of(only.kind().get()));
            }
        }
        this.kinds = only.kind().isEmpty() && only.kinds().isEmpty() ? null : words.matching(some::contains);
        this.categories = only.category().map(code -> words.matching(word -> code.isEmpty() ? word.isEmpty() : word.startsWith(code) && word.chars().allMatch(c -> c >= '0' && c <= '9'))).orElse(null);
        this.channel = only.channel().map(words::number).orElse(-1);
        this.level = only.level().orElse(-1);
        this.outcome = only.outcome().map(words::number).orElse(-1);
        this.unit = only.unit().map(id -> id.equals(Only.NO_UNIT) ? 0 : words.number(id.toString())).orElse(-1);
        this.hour = only.hour().orElse(-1);
        this.comingDay = only.weekday().orElse(-1);
        this.telling = telling();
        this.last = kinds == null || column != Column.MATTERS ? Long.MAX_VALUE : Key.lastOfKind(kinds.length() - 1);
    }

    /** @throws IllegalArgumentException when the question crosses what cannot be crossed */
    static Column column(Question question) {
        Only only = question.only();
        boolean ofMatters = only.category().isPresent() || only.channel().isPresent() || only.level().isPresent();
        if (question.by().contains(By.HOUR) || only.timed()) {
            if (!OF_HOURS.containsAll(question.by()) || ofMatters || only.outcome().isPresent() || only.unit().isPresent()) {
                throw new IllegalArgumentException("hours are counted by place, kind and day only: " + question);
            }
            return Column.HOURS;
        }
        if (question.by().contains(By.UNIT) || only.unit().isPresent()) {
            if (!OF_UNITS.containsAll(question.by()) || ofMatters) {
                throw new IllegalArgumentException("units are counted by place, kind, outcome and day only: " + question);
            }
            return Column.UNITS;
        }
        if (!OF_MATTERS.containsAll(question.by())) {
            throw new IllegalArgumentException("this cannot be crossed: " + question);
        }
        return Column.MATTERS;
    }

    /** Whether all cells of a row count, and in the same place. */
    static boolean whole(Question question) {
        return question.by().stream().allMatch(Set.of(By.DAY, By.MONTH, By.PLACE, By.TOWN)::contains) && question.only().equals(Only.ALL);
    }

    /** Whether days must be read one by one. */
    static boolean daily(Question question) {
        return question.by().contains(By.DAY) || question.by().contains(By.WEEKDAY) && column(question) != Column.HOURS;
    }

    /** @param place the key of the place under which the cells count */
    void add(String place, KeptCells.Packed row, int sign) {
        byte[] packed = switch (column) {
            case MATTERS -> row.matters();
            case UNITS -> row.units();
            case HOURS -> row.hours();
        };
        LocalDate first = row.at().first();
        boolean now = row.at().grain() == 'o';
        boolean after = !now && first.isAfter(question.to());
        if (!now && first.isBefore(question.from()) && row.at().grain() == 'd') {
            return;
        }
        if ((now || after) && whole) {
            Long net = row.net();
            long stands = net != null ? net : stocks.computeIfAbsent(row, _ -> Cells.net(packed, now));
            openNow.merge(new Group(place, 0), now ? sign * stands : -sign * stands, Long::sum);
            return;
        }
        if (packed.length == 0) {
            return;
        }
        LocalDate time = now || after || !days && !months ? LocalDate.MIN : months ? first.withDayOfMonth(1) : first;
        int weekday = weekdays && column != Column.HOURS && !now && !after ? first.getDayOfWeek().getValue() : 0;
        if (now || after) {
            if (column == Column.HOURS || outcome >= 0) {
                return;
            }
            flows(packed, (dims, received, closed, reopened, stands) -> openNow.merge(new Group(place, dims), sign * (now ? stands : closed - received - reopened), Long::sum));
            return;
        }
        Cells.read(packed, sign, last, new Near(cells(place, time), weekday));
        if ((days || months) && outcomes && column != Column.HOURS && outcome < 0) {
            flows(packed, (dims, received, closed, reopened, _) -> nets.computeIfAbsent(new Group(place, dims), _ -> new HashMap<>())
                    .merge(time, sign * (received - closed + reopened), Long::sum));
        }
    }

    private Cells cells(String place, LocalDate time) {
        return sums.computeIfAbsent(place, _ -> new HashMap<>()).computeIfAbsent(time, _ -> new Cells());
    }

    /** Where cells of a row count. Those of one group often stand beside one another. */
    private final class Near implements Cells.Into {
        private final Cells cells;
        private final int weekday;
        private long before = -1;
        private @Nullable Cell last;

        Near(Cells cells, int weekday) {
            this.cells = cells;
            this.weekday = weekday;
        }

        @Override
        public @Nullable Cell of(long key) {
            if (before < 0 || ((key ^ before) & telling) != 0) {
                last = counts(key) ? cells.at(dims(key, weekday, false)) : null;
            }
            before = key;
            return last;
        }
    }

    /** Which bits of a cell's key decide whether it counts, and where. */
    private long telling() {
        long bits = 0;
        for (By one : by) {
            bits |= switch (one) {
                case PLACE, TOWN, DAY, MONTH -> 0;
                case KIND -> kindBits();
                case CATEGORY_1, CATEGORY_2, CATEGORY_3 -> Key.matter(0, 0xFFFF, 0, 0, 0);
                case CHANNEL -> Key.matter(0, 0, 0x3FFF, 0, 0);
                case LEVEL -> Key.matter(0, 0, 0, 3, 0);
                case OUTCOME -> outcomeBits();
                case UNIT -> Key.unit(-1, 0, 0);
                case HOUR -> Key.hour(0x1F, 0, 0);
                case WEEKDAY -> column == Column.HOURS ? Key.hour(0, 7, 0) : 0;
            };
        }
        bits |= kinds != null ? kindBits() : 0;
        bits |= categories != null ? Key.matter(0, 0xFFFF, 0, 0, 0) : 0;
        bits |= channel >= 0 ? Key.matter(0, 0, 0x3FFF, 0, 0) : 0;
        bits |= level >= 0 ? Key.matter(0, 0, 0, 3, 0) : 0;
        bits |= outcome >= 0 ? outcomeBits() : 0;
        bits |= unit >= 0 ? Key.unit(-1, 0, 0) : 0;
        bits |= hour >= 0 ? Key.hour(0x1F, 0, 0) : 0;
        return bits | (comingDay >= 0 ? Key.hour(0, 7, 0) : 0);
    }

    private long kindBits() {
        return switch (column) {
            case MATTERS -> Key.matter(0x3FFF, 0, 0, 0, 0);
            case UNITS -> Key.unit(0, 0x3FFF, 0);
            case HOURS -> Key.hour(0, 0, 0x3FFF);
        };
    }

    private long outcomeBits() {
        return column == Column.UNITS ? Key.unit(0, 0, 0x3FFF) : Key.matter(0, 0, 0, 0, 0x3FFF);
    }

    /** What counts, without its outcome; cells of one group that stand beside one another are one. */
    private void flows(byte[] packed, Cells.Stock into) {
        long[] sum = new long[5];
        boolean[] any = new boolean[1];
        Cells.stock(packed, last, (key, received, closed, reopened, open) -> {
            if (!counts(key)) {
                return;
            }
            long dims = dims(key, 0, true);
            if (any[0] && sum[0] != dims) {
                into.of(sum[0], sum[1], sum[2], sum[3], sum[4]);
                Arrays.fill(sum, 0);
            }
            any[0] = true;
            sum[0] = dims;
            sum[1] += received;
            sum[2] += closed;
            sum[3] += reopened;
            sum[4] += open;
        });
        if (any[0]) {
            into.of(sum[0], sum[1], sum[2], sum[3], sum[4]);
        }
    }

    private Map<LocalDate, Long> nets(Group group) {
        Map<LocalDate, Long> nets = new HashMap<>();
        sums.getOrDefault(group.place(), Map.of()).forEach((time, cells) -> {
            Cell cell = cells.find(group.dims());
            if (cell != null) {
                nets.put(time, net(cell));
            }
        });
        return nets;
    }

    private static long net(Cell cell) {
        return cell.sums[Cell.RECEIVED] - cell.sums[Cell.CLOSED] + cell.sums[Cell.REOPENED];
    }

    private boolean counts(long key) {
        return switch (column) {
            case MATTERS -> (kinds == null || kinds.get(Key.kind(key))) && (categories == null || categories.get(Key.category(key)))
                    && (channel < 0 || channel == Key.channel(key)) && (level < 0 || level == Key.level(key)) && (outcome < 0 || outcome == Key.outcome(key));
            case UNITS -> (kinds == null || kinds.get(Key.kindOfUnit(key))) && (unit < 0 || unit == Key.unitOf(key)) && (outcome < 0 || outcome == Key.outcome(key));
            case HOURS -> (kinds == null || kinds.get((int) key & 0x3FFF)) && (hour < 0 || hour == Key.hourOf(key)) && (comingDay < 0 || comingDay == Key.weekday(key));
        };
    }

    /** What the question shows it by, of one cell, without place and time. @param open without its outcome */
    private long dims(long key, int weekday, boolean open) {
        long dims = 0;
        for (By one : by) {
            dims = dims << WIDTH | switch (one) {
                case PLACE, TOWN, DAY, MONTH -> 0;
                case KIND -> column == Column.MATTERS ? Key.kind(key) : column == Column.UNITS ? Key.kindOfUnit(key) : (int) key & 0x3FFF;
                case CATEGORY_1 -> category(key, 2);
                case CATEGORY_2 -> category(key, 4);
                case CATEGORY_3 -> Key.category(key);
                case CHANNEL -> Key.channel(key);
                case LEVEL -> Key.level(key);
                case OUTCOME -> open ? 0 : Key.outcome(key);
                case UNIT -> Key.unitOf(key);
                case HOUR -> Key.hourOf(key);
                case WEEKDAY -> column == Column.HOURS ? Key.weekday(key) : weekday;
            };
        }
        return dims;
    }

    private int category(long key, int digits) {
        int id = Key.category(key);
        if (id >= cut[digits].length) {
            cut[digits] = Arrays.copyOf(cut[digits], Math.max(id + 1, 2 * cut[digits].length));
        }
        // one more than what stands for it; 0: not looked up yet
        if (cut[digits][id] == 0) {
            String code = words.word(id);
            String first = code.length() > digits ? code.substring(0, digits) : code;
            cut[digits][id] = 1 + (first.isEmpty() ? 0 : shortened.computeIfAbsent(first, c -> {
                shortenedBack.add(c);
                return shortenedBack.size() - 1;
            }));
        }
        return cut[digits][id] - 1;
    }

    private String key(int i, long dims, String place, LocalDate time) {
        int id = (int) (dims >> WIDTH * (by.length - 1 - i)) & (1 << WIDTH) - 1;
        return switch (by[i]) {
            case PLACE, TOWN -> place;
            case DAY -> time.toString();
            case MONTH -> time.toString().substring(0, 7);
            case CATEGORY_1, CATEGORY_2 -> shortenedBack.get(id);
            case LEVEL, HOUR, WEEKDAY -> Integer.toString(id);
            case KIND, CATEGORY_3, CHANNEL, OUTCOME, UNIT -> words.word(id);
        };
    }

    /** Takes what counts in places below from the whole, so that under the empty key stands what counts in none of them. */
    void leaveTheRest() {
        Cell all = new Cell();
        sums.getOrDefault("", Map.of()).values().forEach(cells -> cells.each((_, cell) -> all.add(cell, 1)));
        ofAll = all;
        for (String place : List.copyOf(sums.keySet())) {
            if (!place.isEmpty()) {
                sums.get(place).forEach((time, cells) -> cells("", time).add(cells, -1));
            }
        }
        for (Group group : List.copyOf(openNow.keySet())) {
            if (!group.place().isEmpty()) {
                openNow.merge(new Group("", group.dims()), -openNow.get(group), Long::sum);
            }
        }
        for (Group group : List.copyOf(nets.keySet())) {
            if (!group.place().isEmpty()) {
                Map<LocalDate, Long> rest = nets.computeIfAbsent(new Group("", group.dims()), _ -> new HashMap<>());
                nets.get(group).forEach((time, n) -> rest.merge(time, -n, Long::sum));
            }
        }
    }

    record Done(List<Row> rows, Measures total) {
    }

    Done done() {
        Map<List<String>, Cell> cells = new HashMap<>();
        Map<List<String>, Long> open = new HashMap<>();
        Cell known = ofAll;
        Cell total = known == null ? new Cell() : known;
        sums.forEach((place, times) -> times.forEach((time, some) -> some.each((dims, cell) -> {
            if (known == null) {
                total.add(cell, 1);
            }
            if (by.length > 0 && !cell.nothing()) {
                cells.merge(keys(new Group(place, dims), time), cell, Reading::both);
            }
        })));
        long stands = openNow.values().stream().mapToLong(Long::longValue).sum();
        if (outcome < 0 && column != Column.HOURS && !weekdays) {
            Set<Group> groups = new HashSet<>(openNow.keySet());
            if (days || months) {
                if (outcomes) {
                    groups.addAll(nets.keySet());
                } else {
                    sums.forEach((place, times) -> times.values().forEach(some -> some.each((dims, _) -> groups.add(new Group(place, dims)))));
                }
            }
            for (Group group : groups) {
                if (!days && !months) {
                    open.merge(keys(group, LocalDate.MIN), openNow.getOrDefault(group, 0L), Long::sum);
                    continue;
                }
                long left = openNow.getOrDefault(group, 0L);
                Map<LocalDate, Long> net = outcomes ? nets.getOrDefault(group, Map.of()) : nets(group);
                LocalDate time = months ? question.to().withDayOfMonth(1) : question.to();
                for (LocalDate first = months ? question.from().withDayOfMonth(1) : question.from(); !time.isBefore(first);
                        time = months ? time.minusMonths(1) : time.minusDays(1)) {
                    open.merge(keys(group, time), left, Long::sum);
                    left -= net.getOrDefault(time, 0L);
                }
            }
        }
        Set<List<String>> all = new HashSet<>(cells.keySet());
        open.forEach((keys, n) -> {
            if (n != 0) {
                all.add(keys);
            }
        });
        List<Row> rows = all.stream().sorted(this::order).map(keys -> new Row(keys, cells.getOrDefault(keys, new Cell()).measures(open.getOrDefault(keys, 0L))))
                .filter(row -> !row.measures().nothing()).toList();
        return new Done(by.length == 0 ? List.of() : rows, total.measures(stands));
    }

    private static Cell both(Cell one, Cell other) {
        Cell both = new Cell();
        both.add(one, 1);
        both.add(other, 1);
        return both;
    }

    private List<String> keys(Group group, LocalDate time) {
        List<String> keys = new ArrayList<>(by.length);
        for (int i = 0; i < by.length; i++) {
            keys.add(key(i, group.dims(), group.place(), time));
        }
        return keys;
    }

    private int order(List<String> one, List<String> other) {
        for (int i = 0; i < by.length; i++) {
            boolean number = by[i] == By.HOUR || by[i] == By.WEEKDAY || by[i] == By.LEVEL;
            int order = number ? Integer.compare(Integer.parseInt(one.get(i)), Integer.parseInt(other.get(i))) : one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
