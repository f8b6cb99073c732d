package org.heshi.bill.suppression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Decides what is told of a table of counts and its totals.
 *
 * <p>A count under k, nothing included, is not told; nor is a count that differs from what an earlier edition told by less than k. So that nobody works these out from the
 * rest, further counts are not told: for each that is kept back there is, beside the truth, another table with the same printed numbers in which it is k or more (the
 * difference k or more). Such a table is the truth plus a flow: rows and columns are the nodes, counts the arcs, a move that leaves each sum as it was a circulation. So a
 * count is safe exactly if enough can flow from its column back to its row through what is not told, and the cheapest way that adds to it is a shortest path. Moves are
 * whole numbers, as counts are. Pushed on, such a move ends where another count on its way comes to nothing: so whoever knows this rule excludes none of it.
 */
public final class Suppression {

    private static final int ENDLESS = Integer.MAX_VALUE / 4;

    private final int k;
    private final Random draw;

    /** @param draw chooses among counts that would do as well, so that nobody repeats the choice to learn from it; it is drawn anew each time and not kept */
    public Suppression(int k, Random draw) {
        if (k < 2) {
            throw new IllegalArgumentException("k hides nothing");
        }
        this.k = k;
        this.draw = draw;
    }

    /** Numbers that are told or not. @param before what editions told of the same table, the oldest first */
    public Pattern decide(Counts now, List<Pattern> before) {
        return new Table(now).decided(before, false);
    }

    /** Numbers of which it is told that they are k or less where they are; so only where no edition told anything before. */
    public Pattern decideWithAtMost(Counts now, List<Pattern> before) {
        return new Table(now).decided(before, before.isEmpty());
    }

    /** One that is to be kept back, and by how much it could be more for all that anybody knows. */
    private record Kept(int cell, int need) {
    }

    private final class Table {

        private final Counts counts;
        private final int rows;
        private final int columns;
        private final Shown[] shown;
        private final int[] move;
        private final double[] loss;

        Table(Counts counts) {
            this.counts = counts;
            rows = counts.rows();
            columns = counts.columns();
            shown = new Shown[counts.size()];
            move = new int[counts.size()];
            loss = new double[counts.size()];
            Arrays.fill(shown, Shown.EXACT);
            for (int cell = 0; cell < loss.length; cell++) {
                boolean inner = cell / columns > 0 && cell % columns > 0;
                double weight = cell == 0 ? 5000 : inner ? 1 : 30;
                loss[cell] = weight * (1 + Math.log1p(counts.at(cell)) / 4) * (1 + draw.nextDouble() / 2);
            }
        }

        Pattern decided(List<Pattern> before, boolean atMost) {
            List<Kept> kept = new ArrayList<>();
            for (int cell = 0; cell < shown.length; cell++) {
                int count = counts.at(cell);
                int need = count < k ? k - count : 0;
                if (count < k || atMost && count == k) {
                    shown[cell] = atMost ? Shown.AT_MOST : Shown.HIDDEN;
                }
                for (Pattern edition : before) {
                    if (edition.rows() != rows || edition.columns() != columns) {
                        throw new IllegalArgumentException("an edition of another table");
                    }
                    int difference = count - edition.number(cell);
                    if (edition.at(cell) != Shown.EXACT) {
                        // what was not told once is not told later: the two together would tell what changed
                        shown[cell] = Shown.HIDDEN;
                        need = Math.max(need, 2 * k - 1);
                    } else if (difference != 0 && Math.abs(difference) < k) {
                        shown[cell] = Shown.HIDDEN;
                        need = Math.max(need, k - difference);
                    }
                }
                if (need > 0) {
                    kept.add(new Kept(cell, need));
                }
            }
            Collections.shuffle(kept, draw);
            kept.sort(Comparator.comparingInt((Kept one) -> -one.need()));
            BitSet bare = new BitSet();
            for (int cell = 0; cell < shown.length; cell++) {
                if (shown[cell] != Shown.EXACT) {
                    bare.set(cell);
                }
            }
            BitSet[] ways = new BitSet[kept.size()];
            for (int i = 0; i < ways.length; i++) {
                ways[i] = shield(kept.get(i));
            }
            tellAgain(kept, ways, bare);
            return Pattern.of(counts, shown);
        }

        /** Hides until enough can flow; answers which counts the flow goes through. */
        private BitSet shield(Kept one) {
            int left = flow(one);
            while (left > 0) {
                int pushed = push(one, left, true, left);
                if (pushed == 0) {
                    pushed = push(one, left, true, 1);
                }
                if (pushed == 0) {
                    throw new IllegalStateException("nothing shields a count");
                }
                left -= pushed;
            }
            return used();
        }

        /** What could not flow through what is not told. */
        private int flow(Kept one) {
            Arrays.fill(move, 0);
            int left = one.need();
            if (shown[one.cell()] == Shown.AT_MOST && counts.at(one.cell()) + left > k) {
                throw new IllegalStateException("at most k cannot be more");
            }
            int pushed;
            do {
                pushed = push(one, left, false, 1);
                left -= pushed;
            } while (pushed > 0 && left > 0);
            return left;
        }

        private BitSet used() {
            BitSet cells = new BitSet();
            for (int cell = 0; cell < move.length; cell++) {
                if (move[cell] != 0) {
                    cells.set(cell);
                }
            }
            return cells;
        }

        /** Counts that shield are told again where the others shield as well, those of which most is lost first. */
        private void tellAgain(List<Kept> kept, BitSet[] ways, BitSet bare) {
            List<Integer> shields = new ArrayList<>();
            for (int cell = 0; cell < shown.length; cell++) {
                if (shown[cell] != Shown.EXACT && !bare.get(cell)) {
                    shields.add(cell);
                }
            }
            shields.sort(Comparator.comparingDouble(cell -> -loss[cell]));
            for (int cell : shields) {
                shown[cell] = Shown.EXACT;
                BitSet[] others = new BitSet[ways.length];
                boolean well = true;
                for (int i = 0; i < ways.length && well; i++) {
                    if (ways[i].get(cell)) {
                        well = flow(kept.get(i)) == 0;
                        others[i] = used();
                    }
                }
                if (well) {
                    for (int i = 0; i < ways.length; i++) {
                        ways[i] = others[i] == null ? ways[i] : others[i];
                    }
                } else {
                    shown[cell] = Shown.HIDDEN;
                }
            }
        }

        /** 1 where more of the count is more of its row, -1 for totals, which stand on the other side. */
        private int sign(int row, int column) {
            return (row == 0) == (column == 0) ? 1 : -1;
        }

        private int room(int cell, boolean up, Shown how) {
            return switch (how) {
                case EXACT -> 0;
                case AT_MOST -> up ? k - counts.at(cell) - move[cell] : counts.at(cell) + move[cell];
                case HIDDEN -> up ? ENDLESS : counts.at(cell) + move[cell];
            };
        }

        /**
         * Sends up to so much from the one end of the count back to the other, along a cheapest way.
         *
         * @param hiding whether counts that are told may be hidden for it
         * @param least  what each count on the way must let through
         */
        private int push(Kept one, int left, boolean hiding, int least) {
            int row = one.cell() / columns;
            int column = rows + one.cell() % columns;
            boolean plain = sign(row, column - rows) > 0;
            int from = plain ? column : row;
            int to = plain ? row : column;
            int[] came = new int[rows + columns];
            Arrays.fill(came, -1);
            if (!(hiding ? cheapest(from, to, one.cell(), least, came) : any(from, to, one.cell(), came))) {
                return 0;
            }
            int through = left;
            for (int node = to; node != from; node = came[node]) {
                int cell = between(came[node], node);
                boolean up = up(came[node], cell);
                if (hiding && room(cell, up, shown[cell]) < least) {
                    shown[cell] = Shown.HIDDEN;
                }
                through = Math.min(through, room(cell, up, shown[cell]));
            }
            for (int node = to; node != from; node = came[node]) {
                int cell = between(came[node], node);
                move[cell] += up(came[node], cell) ? through : -through;
            }
            move[one.cell()] += through;
            return through;
        }

        private int between(int a, int b) {
            return a < rows ? a * columns + b - rows : b * columns + a - rows;
        }

        /** Whether going on from this node makes the count more: from its row it counts to the row, from its column against it. */
        private boolean up(int from, int cell) {
            return (from < rows) == (sign(cell / columns, cell % columns) > 0);
        }

        private boolean any(int from, int to, int without, int[] came) {
            ArrayDeque<Integer> next = new ArrayDeque<>();
            came[from] = from;
            next.add(from);
            while (!next.isEmpty()) {
                int node = next.poll();
                int first = node < rows ? rows : 0;
                int end = node < rows ? rows + columns : rows;
                for (int other = first; other < end; other++) {
                    int cell = between(node, other);
                    if (came[other] < 0 && cell != without && shown[cell] != Shown.EXACT && room(cell, up(node, cell), shown[cell]) > 0) {
                        came[other] = node;
                        if (other == to) {
                            return true;
                        }
                        next.add(other);
                    }
                }
            }
            return false;
        }

        private record Reached(int node, double cost) {
        }

        private boolean cheapest(int from, int to, int without, int least, int[] came) {
            double[] cost = new double[rows + columns];
            Arrays.fill(cost, Double.MAX_VALUE);
            PriorityQueue<Reached> next = new PriorityQueue<>(Comparator.comparingDouble(Reached::cost));
            cost[from] = 0;
            came[from] = from;
            next.add(new Reached(from, 0));
            while (!next.isEmpty()) {
                Reached at = next.poll();
                if (at.node() == to) {
                    return true;
                }
                if (at.cost() > cost[at.node()]) {
                    continue;
                }
                int first = at.node() < rows ? rows : 0;
                int end = at.node() < rows ? rows + columns : rows;
                for (int other = first; other < end; other++) {
                    int cell = between(at.node(), other);
                    boolean up = up(at.node(), cell);
                    boolean open = room(cell, up, shown[cell]) >= least;
                    if (cell == without || !open && room(cell, up, Shown.HIDDEN) < least) {
                        continue;
                    }
                    double sum = at.cost() + (open ? 1e-3 : shown[cell] == Shown.AT_MOST ? loss[cell] / 4 : loss[cell]);
                    if (sum < cost[other]) {
                        cost[other] = sum;
                        came[other] = at.node();
                        next.add(new Reached(other, sum));
                    }
                }
            }
            return false;
        }
    }
}
