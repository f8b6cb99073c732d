package org.heshi.matters.procedure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.State;

/**
 * A procedure as a drawing: its states one under the other in the order of their steps, so that it fits a narrow screen. An action that leads to
 * the next state is a straight arrow; one that skips states runs down on the right, one that leads back runs up on the left. Each action
 * has a number, under which the table beside the drawing describes it; actions that stay in a state are listed in its box.
 *
 * @param width  in units of the drawing, as everything here
 * @param boxes  the states, before them where matters come from and after them where they go on, when they do
 */
public record Diagram(int width, int height, List<Box> boxes, List<Wire> wires, Map<String, Integer> numbers) {

    private static final int BOX_WIDTH = 216;
    private static final int LINE = 20;
    private static final int GAP = 46;
    private static final int LANE = 26;
    private static final int MARGIN = 14;
    private static final int INSET = 12;
    private static final int TITLE_UNITS = 21;
    private static final int STAYING_UNITS = 32;
    private static final String BEGIN = "(begin)";
    private static final String ONWARD = "(onward)";

    /**
     * @param state   name of the state; empty for where matters come from or go on
     * @param title   its words, cut into lines
     * @param turn    code of whose turn it is
     * @param staying numbers of the actions that stay here, in lines
     */
    public record Box(String state, Shape shape, List<String> title, String step, String turn, List<String> staying, int x, int y, int width, int height) {

        /** Middle of the box. */
        public int middle() {
            return x + width / 2;
        }
    }

    public enum Shape { BEGIN, OPEN, FINAL, ONWARD }

    /**
     * @param action   name of the action; empty when matters arrive from another kind
     * @param label    words beside a straight arrow; empty when there is no room
     * @param paths    the first ends in an arrow, the others run into it
     * @param back     whether it leads back
     * @param badgeX   where its number stands
     */
    public record Wire(String action, int number, String label, List<String> paths, boolean back, int badgeX, int badgeY) {
    }

    /** A way from rows to a row. */
    private record Way(String action, int number, String label, Set<Integer> from, int to) {

        boolean straight() {
            return from.size() == 1 && from.iterator().next() == to - 1;
        }

        boolean back() {
            return from.iterator().next() > to;
        }

        int top() {
            return Math.min(to, from.stream().mapToInt(i -> i).min().orElse(to));
        }

        int bottom() {
            return Math.max(to, from.stream().mapToInt(i -> i).max().orElse(to));
        }
    }

    public static Diagram of(Procedure procedure, Locale locale) {
        return new Drawing(procedure, locale).draw();
    }

    /** The number of an action in this drawing and in the table beside it. */
    public int number(String action) {
        return numbers.get(action);
    }

    private static final class Drawing {

        private final Procedure procedure;
        private final Locale locale;
        private final Map<String, Integer> rows = new LinkedHashMap<>();
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final List<State> states;
        private final boolean goesOn;

        Drawing(Procedure procedure, Locale locale) {
            this.procedure = procedure;
            this.locale = locale;
            List<String> steps = procedure.steps().stream().map(Procedure.Step::name).toList();
            states = procedure.states().values().stream().sorted(Comparator.comparing(State::terminal)
                    .thenComparingInt(state -> steps.indexOf(state.step()))).toList();
            goesOn = procedure.actions().values().stream().anyMatch(Drawing::leaves);
            rows.put(BEGIN, 0);
            states.stream().filter(state -> !state.terminal()).forEach(state -> rows.put(state.name(), rows.size()));
            if (goesOn) {
                rows.put(ONWARD, rows.size());
            }
            states.stream().filter(State::terminal).forEach(state -> rows.put(state.name(), rows.size()));
            procedure.actions().values().stream().sorted(Comparator.comparing(this::staysOrImports).thenComparing(this::firstRow))
                    .forEach(action -> numbers.put(action.name(), numbers.size() + 1));
        }

        private static boolean leaves(Action action) {
            return action.effect() == Effect.SORT || action.effect() == Effect.REKIND;
        }

        private boolean staysOrImports(Action action) {
            return action.to().isEmpty() && !leaves(action);
        }

        private int firstRow(Action action) {
            return action.from().stream().mapToInt(rows::get).min().orElse(0);
        }

        Diagram draw() {
            List<Way> ways = ways();
            Set<Way> straight = new LinkedHashSet<>();
            Set<Integer> taken = new LinkedHashSet<>();
            ways.stream().filter(Way::straight).filter(way -> taken.add(way.to())).forEach(straight::add);
            List<Way> left = ways.stream().filter(way -> !straight.contains(way) && way.back()).toList();
            List<Way> right = ways.stream().filter(way -> !straight.contains(way) && !way.back()).toList();
            Map<Way, Integer> leftLanes = lanes(left);
            Map<Way, Integer> rightLanes = lanes(right);
            int boxX = MARGIN + (count(leftLanes) + 1) * LANE;
            Map<Integer, Box> boxes = boxes(boxX);
            List<Wire> wires = new ArrayList<>();
            straight.forEach(way -> wires.add(straight(way, boxes)));
            wires.addAll(bent(left, leftLanes, boxes, true));
            wires.addAll(bent(right, rightLanes, boxes, false));
            Box last = boxes.get(rows.size() - 1);
            int width = boxX + BOX_WIDTH + (count(rightLanes) + 1) * LANE + MARGIN;
            return new Diagram(width, last.y() + last.height() + MARGIN, List.copyOf(boxes.values()), List.copyOf(wires), Map.copyOf(numbers));
        }

        private List<Way> ways() {
            List<Way> ways = new ArrayList<>();
            for (String arrival : new LinkedHashSet<>(procedure.arrivals().values())) {
                ways.add(new Way("", 0, "", Set.of(0), rows.get(arrival)));
            }
            for (Action action : procedure.actions().values()) {
                Optional<String> target = leaves(action) ? Optional.of(ONWARD) : action.to();
                if (target.isEmpty()) {
                    continue;
                }
                int to = rows.get(target.get());
                Set<Integer> above = new LinkedHashSet<>();
                Set<Integer> below = new LinkedHashSet<>();
                if (action.makesAMatter()) {
                    above.add(0);
                }
                for (String from : action.from()) {
                    int row = rows.get(from);
                    if (row != to) {
                        (row < to ? above : below).add(row);
                    }
                }
                for (Set<Integer> side : List.of(above, below)) {
                    if (!side.isEmpty()) {
                        ways.add(new Way(action.name(), numbers.get(action.name()), action.title().in(locale), side, to));
                    }
                }
            }
            return ways;
        }

        /** Short ways run inside, long ones outside; ways that share a lane share no row. */
        private static Map<Way, Integer> lanes(List<Way> ways) {
            Map<Way, Integer> lanes = new HashMap<>();
            List<List<Way>> taken = new ArrayList<>();
            ways.stream().sorted(Comparator.comparingInt((Way way) -> way.bottom() - way.top()).thenComparingInt(Way::top).thenComparingInt(Way::number))
                    .forEach(way -> {
                        int lane = 0;
                        while (lane < taken.size() && taken.get(lane).stream().anyMatch(o -> o.top() <= way.bottom() && way.top() <= o.bottom())) {
                            lane++;
                        }
                        if (lane == taken.size()) {
                            taken.add(new ArrayList<>());
                        }
                        taken.get(lane).add(way);
                        lanes.put(way, lane);
                    });
            return lanes;
        }

        private static int count(Map<Way, Integer> lanes) {
            return lanes.values().stream().mapToInt(lane -> lane + 1).max().orElse(0);
        }

        private Map<Integer, Box> boxes(int x) {
            Map<Integer, Box> boxes = new TreeMap<>();
            int y = MARGIN;
            for (Map.Entry<String, Integer> row : rows.entrySet()) {
                Box box = box(row.getKey(), x, y);
                boxes.put(row.getValue(), box);
                y += box.height() + GAP;
            }
            return boxes;
        }

        private Box box(String name, int x, int y) {
            if (name.equals(BEGIN) || name.equals(ONWARD)) {
                List<String> imports = name.equals(BEGIN) ? numbers(action -> action.makesAMatter() && action.to().isEmpty()) : List.of();
                return new Box("", name.equals(BEGIN) ? Shape.BEGIN : Shape.ONWARD, List.of(), "", "", imports, x, y, BOX_WIDTH,
                        2 * INSET + LINE * (1 + imports.size()));
            }
            State state = procedure.state(name);
            List<String> title = lines(state.title().in(locale), TITLE_UNITS);
            List<String> staying = numbers(action -> action.from().contains(name) && !leaves(action)
                    && action.to().filter(to -> !to.equals(name)).isEmpty());
            Bilingual step = procedure.steps().stream().filter(s -> s.name().equals(state.step())).findFirst().orElseThrow().title();
            return new Box(name, state.terminal() ? Shape.FINAL : Shape.OPEN, title, step.in(locale), state.turn().code(), staying, x, y, BOX_WIDTH,
                    2 * INSET + LINE * (1 + title.size() + staying.size()));
        }

        private List<String> numbers(java.util.function.Predicate<Action> which) {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (Action action : procedure.actions().values()) {
                if (which.test(action)) {
                    String number = Integer.toString(numbers.get(action.name()));
                    if (line.length() + 1 + number.length() > STAYING_UNITS) {
                        lines.add(line.toString());
                        line.setLength(0);
                    }
                    line.append(line.isEmpty() ? "" : " ").append(number);
                }
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
            }
            return lines;
        }

        /** Words cut where the box ends: a Chinese character takes two units, a letter one. */
        private static List<String> lines(String words, int units) {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            int used = 0;
            for (String word : words.split("(?<= )|(?<=\\P{ASCII})")) {
                int width = word.codePoints().map(c -> c < 0x2E80 ? 1 : 2).sum();
                if (used > 0 && used + width > units) {
                    lines.add(line.toString().strip());
                    line.setLength(0);
                    used = 0;
                }
                line.append(word);
                used += width;
            }
            lines.add(line.toString().strip());
            return lines;
        }

        private Wire straight(Way way, Map<Integer, Box> boxes) {
            Box from = boxes.get(way.to() - 1);
            Box to = boxes.get(way.to());
            int x = from.x() + 34;
            int top = from.y() + from.height();
            List<String> lines = lines(way.label(), TITLE_UNITS);
            String label = lines.getFirst() + (lines.size() > 1 ? " …" : "");
            return new Wire(way.action(), way.number(), label, List.of("M" + x + " " + top + "V" + to.y()), false, x, (top + to.y()) / 2 - 3);
        }

        private List<Wire> bent(List<Way> ways, Map<Way, Integer> lanes, Map<Integer, Box> boxes, boolean left) {
            Map<Integer, List<Way>> attached = new HashMap<>();
            ways.stream().sorted(Comparator.comparingInt(lanes::get)).forEach(way -> {
                attached.computeIfAbsent(way.to(), _ -> new ArrayList<>()).add(way);
                way.from().forEach(row -> attached.computeIfAbsent(row, _ -> new ArrayList<>()).add(way));
            });
            List<Wire> wires = new ArrayList<>();
            for (Way way : ways) {
                Box to = boxes.get(way.to());
                int edge = left ? to.x() : to.x() + to.width();
                int lane = left ? edge - (lanes.get(way) + 1) * LANE : edge + (lanes.get(way) + 1) * LANE;
                int end = port(to, attached.get(way.to()), way);
                List<String> paths = new ArrayList<>();
                int farthest = end;
                for (int row : way.from()) {
                    int start = port(boxes.get(row), attached.get(row), way);
                    paths.add("M" + edge + " " + start + "H" + lane + "V" + end + (paths.isEmpty() ? "H" + edge : ""));
                    farthest = Math.abs(start - end) > Math.abs(farthest - end) ? start : farthest;
                }
                wires.add(new Wire(way.action(), way.number(), "", List.copyOf(paths), left, lane, (farthest + end) / 2));
            }
            return wires;
        }

        /** Wires at one side of a box are spread over its height. */
        private static int port(Box box, List<Way> attached, Way way) {
            return box.y() + box.height() * (attached.indexOf(way) + 1) / (attached.size() + 1);
        }
    }
}
