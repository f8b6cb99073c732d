package org.heshi.divisions.outline;

import java.util.ArrayList;
import java.util.List;
import org.heshi.divisions.Outlines.Position;

/** A closed line around something. */
record Ring(List<Position> positions) {

    private static final int FEWEST = 4;

    Ring {
        positions = List.copyOf(positions);
    }

    /** What is wrong with it in a few words; empty when nothing is. */
    String wrong() {
        if (positions.size() < FEWEST) {
            return "a ring has fewer than four positions";
        }
        if (!positions.getFirst().equals(positions.getLast())) {
            return "a ring is not closed";
        }
        for (Position p : positions) {
            if (!(Math.abs(p.longitude()) <= 180) || !(Math.abs(p.latitude()) <= 90)) {
                return "a position lies nowhere on Earth (longitude comes first, in degrees)";
            }
        }
        if (area() == 0) {
            return "a ring encloses nothing";
        }
        return crosses() ? "a ring crosses itself" : "";
    }

    /** Whether a line from there to the east crosses its sides an odd number of times. */
    boolean encloses(Position p) {
        boolean inside = false;
        for (int i = 0; i + 1 < positions.size(); i++) {
            Position a = positions.get(i);
            Position b = positions.get(i + 1);
            if (a.latitude() > p.latitude() != b.latitude() > p.latitude()
                    && p.longitude() < a.longitude() + (p.latitude() - a.latitude()) / (b.latitude() - a.latitude()) * (b.longitude() - a.longitude())) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** Twice what it encloses, in square degrees. */
    double area() {
        double sum = 0;
        for (int i = 0; i + 1 < positions.size(); i++) {
            Position a = positions.get(i);
            Position b = positions.get(i + 1);
            sum += a.longitude() * b.latitude() - b.longitude() * a.latitude();
        }
        return Math.abs(sum);
    }

    /** Whether two sides that are not neighbours cross; sides are sorted by where they begin from the west, so that only those side by side are compared. */
    private boolean crosses() {
        int sides = positions.size() - 1;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < sides; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Double.compare(west(a), west(b)));
        for (int i = 0; i < sides; i++) {
            int one = order.get(i);
            double east = Math.max(positions.get(one).longitude(), positions.get(one + 1).longitude());
            for (int j = i + 1; j < sides && west(order.get(j)) <= east; j++) {
                int other = order.get(j);
                int apart = Math.abs(one - other);
                if (apart > 1 && apart < sides - 1 && cross(positions.get(one), positions.get(one + 1), positions.get(other), positions.get(other + 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private double west(int side) {
        return Math.min(positions.get(side).longitude(), positions.get(side + 1).longitude());
    }

    private static boolean cross(Position a, Position b, Position c, Position d) {
        return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
    }

    private static double turn(Position a, Position b, Position c) {
        return Math.signum((b.longitude() - a.longitude()) * (c.latitude() - a.latitude()) - (b.latitude() - a.latitude()) * (c.longitude() - a.longitude()));
    }

    /** Without the positions that lie nearer than this to the line without them (Ramer, Douglas and Peucker); never less than a triangle. */
    Ring coarser(double tolerance) {
        int last = positions.size() - 1;
        boolean[] kept = new boolean[last + 1];
        kept[0] = true;
        kept[last] = true;
        // a closed line has no far end: the position that lies farthest from the first one is it
        int far = 0;
        for (int i = 1; i < last; i++) {
            if (squared(positions.get(i), positions.get(0)) > squared(positions.get(far), positions.get(0))) {
                far = i;
            }
        }
        kept[far] = true;
        List<int[]> open = new ArrayList<>(List.of(new int[] {0, far}, new int[] {far, last}));
        while (!open.isEmpty()) {
            int[] part = open.removeLast();
            int farthest = -1;
            double most = tolerance;
            for (int i = part[0] + 1; i < part[1]; i++) {
                double away = distance(positions.get(i), positions.get(part[0]), positions.get(part[1]));
                if (away > most) {
                    most = away;
                    farthest = i;
                }
            }
            if (farthest >= 0) {
                kept[farthest] = true;
                open.add(new int[] {part[0], farthest});
                open.add(new int[] {farthest, part[1]});
            }
        }
        List<Position> left = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            if (kept[i]) {
                left.add(positions.get(i));
            }
        }
        return left.size() < FEWEST ? this : new Ring(left);
    }

    private static double squared(Position a, Position b) {
        double x = a.longitude() - b.longitude();
        double y = a.latitude() - b.latitude();
        return x * x + y * y;
    }

    private static double distance(Position p, Position a, Position b) {
        double length = squared(a, b);
        if (length == 0) {
            return Math.sqrt(squared(p, a));
        }
        double along = Math.clamp(((p.longitude() - a.longitude()) * (b.longitude() - a.longitude()) + (p.latitude() - a.latitude()) * (b.latitude() - a.latitude())) / length, 0, 1);
        return Math.sqrt(squared(p, new Position(a.longitude() + along * (b.longitude() - a.longitude()), a.latitude() + along * (b.latitude() - a.latitude()))));
    }
}
