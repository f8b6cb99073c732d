package org.heshi.statistics.targets;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The way of one figure through the months against its goal: the way as a line with marks, the goal as a broken line that bears its name, so that nobody needs to tell
 * colours. A month without a figure is a gap.
 *
 * @param paths pieces of the way @param goal height of the goal
 */
public record TargetDrawing(List<Tick> across, List<Tick> up, List<String> paths, List<double[]> marks, double goal) {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 170;
    private static final int LEFT = 40;
    private static final int RIGHT = 52;
    private static final int TOP = 12;
    private static final int BOTTOM = 24;

    public TargetDrawing {
        across = List.copyOf(across);
        up = List.copyOf(up);
        paths = List.copyOf(paths);
        marks = List.copyOf(marks);
    }

    public record Tick(String label, double at) {
    }

    /** @param months   all of the year's months @param values of those that have been */
    static TargetDrawing of(List<String> months, List<Optional<BigDecimal>> values, BigDecimal goal, boolean share) {
        double greatest = Math.max(goal.doubleValue(), values.stream().flatMap(Optional::stream).mapToDouble(BigDecimal::doubleValue).max().orElse(0));
        double step = share ? 25 : step(greatest);
        double top = share ? 100 : Math.max(step, Math.ceil(greatest / step) * step);
        List<Tick> across = new ArrayList<>();
        for (int i = 0; i < months.size(); i++) {
            if (i % 2 == 0) {
                across.add(new Tick(months.get(i), x(i, months.size())));
            }
        }
        List<Tick> up = new ArrayList<>();
        for (double value = 0; value <= top + step / 100; value += step) {
            up.add(new Tick(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(), y(value, top)));
        }
        List<String> paths = new ArrayList<>();
        List<double[]> marks = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isEmpty()) {
                end(paths, path);
                continue;
            }
            double x = x(i, months.size());
            double y = y(values.get(i).get().doubleValue(), top);
            path.append(path.isEmpty() ? 'M' : 'L').append(round(x)).append(' ').append(round(y));
            marks.add(new double[] {x, y});
        }
        end(paths, path);
        return new TargetDrawing(across, up, paths, marks, y(goal.doubleValue(), top));
    }

    private static void end(List<String> paths, StringBuilder path) {
        if (!path.isEmpty()) {
            paths.add(path.toString());
            path.setLength(0);
        }
    }

    private static double step(double most) {
        double power = 0.1;
        while (true) {
            for (double step : new double[] {power, 2 * power, 5 * power}) {
                if (step * 4 >= most) {
                    return step;
                }
            }
            power *= 10;
        }
    }

    private static double x(int i, int points) {
        return tenths(LEFT + (double) (WIDTH - LEFT - RIGHT) * i / Math.max(1, points - 1));
    }

    private static double y(double value, double top) {
        return tenths(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Whether there is no month with a figure. */
    public boolean empty() {
        return marks.isEmpty();
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }

    public int left() {
        return LEFT;
    }

    public int right() {
        return WIDTH - RIGHT;
    }
}
