package org.heshi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms as boxes, each above the rooms that it may use, drawn from their fences. */
final class HousePicture {

    private static final int WIDTH = 150;
    private static final int HEIGHT = 44;
    private static final int GAP = 34;
    private static final int ROW = 96;

    private HousePicture() {
    }

    static String of(ApplicationModules house) throws ClassNotFoundException {
        Map<String, List<String>> uses = new TreeMap<>();
        for (var module : house) {
            ApplicationModule fence = Class.forName(module.getBasePackage().getName() + ".package-info").getPackage().getAnnotation(ApplicationModule.class);
            uses.put(module.getIdentifier().toString(), java.util.Arrays.stream(fence.allowedDependencies()).map(d -> d.split(" ")[0]).distinct().toList());
        }
        Map<Integer, TreeSet<String>> rows = new TreeMap<>(java.util.Comparator.reverseOrder());
        uses.keySet().forEach(room -> rows.computeIfAbsent(depth(room, uses), _ -> new TreeSet<>()).add(room));
        int widest = rows.values().stream().mapToInt(TreeSet::size).max().orElse(1);
        int width = widest * (WIDTH + GAP) + GAP;
        Map<String, int[]> at = new LinkedHashMap<>();
        int y = GAP;
        for (TreeSet<String> row : rows.values()) {
            int x = (width - row.size() * (WIDTH + GAP) + GAP) / 2;
            for (String room : row) {
                at.put(room, new int[] {x, y});
                x += WIDTH + GAP;
            }
            y += ROW;
        }
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"15\" role=\"img\">\n"
                .formatted(width, y - ROW + HEIGHT + GAP));
        svg.append("<title>The rooms of Heshi and what each may use</title>\n");
        svg.append("<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
                + "<path d=\"M0 0 8 4 0 8z\" fill=\"#5b6b7f\"/></marker></defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        uses.forEach((room, used) -> used.stream().filter(other -> direct(room, other, uses)).forEach(other -> {
            int[] from = at.get(room);
            int[] to = at.get(other);
            svg.append(String.format(Locale.ROOT, "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"#5b6b7f\" marker-end=\"url(#a)\"/>\n",
                    from[0] + WIDTH / 2, from[1] + HEIGHT, from[0] + WIDTH / 2, from[1] + HEIGHT + 30, to[0] + WIDTH / 2, to[1] - 30, to[0] + WIDTH / 2, to[1]));
        }));
        at.forEach((room, p) -> svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#eef3f8\" stroke=\"#1f4e79\"/>\n"
                .formatted(p[0], p[1], WIDTH, HEIGHT)).append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#17324d\">%s</text>\n"
                .formatted(p[0] + WIDTH / 2, p[1] + HEIGHT / 2 + 5, room)));
        return svg.append("</svg>\n").toString();
    }

    private static int depth(String room, Map<String, List<String>> uses) {
        return uses.getOrDefault(room, List.of()).stream().mapToInt(other -> depth(other, uses) + 1).max().orElse(0);
    }

    /** An arrow is drawn only where no other room stands between. */
    private static boolean direct(String room, String other, Map<String, List<String>> uses) {
        return uses.get(room).stream().noneMatch(between -> !between.equals(other) && reaches(between, other, uses));
    }

    private static boolean reaches(String from, String to, Map<String, List<String>> uses) {
        return uses.getOrDefault(from, List.of()).stream().anyMatch(next -> next.equals(to) || reaches(next, to, uses));
    }
}
