package org.heshi.statistics.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A course drawn as lines, each with a stroke and a mark of its own and its name at its end, so that nobody needs to tell colours.
 *
 * @param columns of the table that it is drawn from, for a script that draws it anew
 */
public record Lines(int width, int height, List<Tick> across, List<Tick> up, List<Line> lines, String columns) {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 190;
    private static final int LEFT = 34;
    private static final int RIGHT = 52;
    private static final int TOP = 12;
    private static final int BOTTOM = 24;
    private static final int MOST_TICKS = 7;
    private static final int LEAST_APART = 13;

    public Lines {
        across = List.copyOf(across);
        up = List.copyOf(up);
        lines = List.copyOf(lines);
    }

    /** @param at in the picture's units */
    public record Tick(String label, double at) {
    }

    /** @param path of the line @param marks where the marks stand @param labelAt height of the name at its end */
    public record Line(String name, int nth, String path, List<double[]> marks, double labelAt) {
    }

    record Series(String name, List<Long> values) {
    }

    static Lines of(List<String> labels, List<Series> series, String columns) {
        long most = series.stream().flatMap(one -> one.values().stream()).mapToLong(Long::longValue).max().orElse(0);
        long step = step(most);
        long top = Math.max(step, (most + step - 1) / step * step);
        int points = labels.size();
        double room = WIDTH - LEFT - RIGHT;
        List<Tick> across = new ArrayList<>();
        int every = Math.max(1, (int) Math.ceil(points / (double) MOST_TICKS));
        for (int i = 0; i < points; i += every) {
            across.add(new Tick(labels.get(i), x(i, points, room)));
        }
        List<Tick> up = new ArrayList<>();
        for (long value = 0; value <= top; value += step) {
            up.add(new Tick(Long.toString(value), y(value, top)));
        }
        List<Line> lines = new ArrayList<>();
        List<Double> taken = new ArrayList<>();
        for (int nth = 0; nth < series.size(); nth++) {
            List<Long> values = series.get(nth).values();
            StringBuilder path = new StringBuilder();
            List<double[]> marks = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                double x = x(i, points, room);
                double y = y(values.get(i), top);
                path.append(i == 0 ? 'M' : 'L').append(round(x)).append(' ').append(round(y));
                if (points <= 31 || i % every == 0 || i == points - 1) {
                    marks.add(new double[] {Double.parseDouble(round(x)), Double.parseDouble(round(y))});
                }
            }
            double label = values.isEmpty() ? TOP : y(values.getLast(), top);
            label = free(label, taken);
            taken.add(label);
            lines.add(new Line(series.get(nth).name(), nth + 1, path.toString(), marks, label));
        }
        return new Lines(WIDTH, HEIGHT, across, up, lines, columns);
    }

    /** The nearest height at which no other name stands. */
    private static double free(double wanted, List<Double> taken) {
        for (int away = 0; away < HEIGHT; away++) {
            for (double at : new double[] {wanted - away, wanted + away}) {
                if (at >= TOP && at <= HEIGHT - BOTTOM && taken.stream().allMatch(other -> Math.abs(other - at) >= LEAST_APART)) {
                    return at;
                }
            }
        }
        return wanted;
    }

    private static double x(int i, int points, double room) {
        return points < 2 ? LEFT + room / 2 : LEFT + room * i / (points - 1);
    }

    private static double y(long value, long top) {
        return HEIGHT - BOTTOM - (double) (HEIGHT - TOP - BOTTOM) * value / top;
    }

    /** A step of 1, 2 or 5 times a power of ten with which three or four reach the top. */
    static long step(long most) {
        long power = 1;
        while (true) {
            for (long step : new long[] {power, 2 * power, 5 * power}) {
                if (step * 4 >= most) {
                    return step;
                }
            }
            power *= 10;
        }
    }

    static String round(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    public double left() {
        return LEFT;
    }

    public double right() {
        return WIDTH - RIGHT;
    }
}
