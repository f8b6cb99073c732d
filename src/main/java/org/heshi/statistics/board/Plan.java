package org.heshi.statistics.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heshi.divisions.Outlines.Outline;
import org.heshi.divisions.Outlines.Position;

/** The places below one, drawn by their outlines where all or most of them are known, else as tiles. Darker where there is more; the number stands in each. */
public record Plan(int width, int height, List<Shape> shapes, List<Tile> tiles, boolean outlined) {

    private static final int WIDTH = 400;
    private static final int MOST_HEIGHT = 420;
    private static final int MARGIN = 6;

    public Plan {
        shapes = List.copyOf(shapes);
        tiles = List.copyOf(tiles);
    }

    /** @param x where its name stands */
    public record Shape(String code, String name, long n, int shade, String href, String path, double x, double y) {
    }

    public record Tile(String code, String name, long n, int shade, String href) {
    }

    static Plan of(List<Tile> tiles, Map<String, Outline> outlines) {
        // one that is missing would look like a hole in the county
        if (tiles.isEmpty() || tiles.stream().anyMatch(tile -> !outlines.containsKey(tile.code()))) {
            return new Plan(WIDTH, 0, List.of(), tiles, false);
        }
        List<Position> all = outlines.values().stream().flatMap(outline -> outline.polygons().stream()).flatMap(rings -> rings.getFirst().stream()).toList();
        double west = all.stream().mapToDouble(Position::longitude).min().orElse(0);
        double east = all.stream().mapToDouble(Position::longitude).max().orElse(1);
        double south = all.stream().mapToDouble(Position::latitude).min().orElse(0);
        double north = all.stream().mapToDouble(Position::latitude).max().orElse(1);
        // a degree of longitude is shorter than one of latitude by the cosine of where it is
        double squeeze = Math.cos(Math.toRadians((south + north) / 2));
        double scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1e-9, (east - west) * squeeze), (MOST_HEIGHT - 2 * MARGIN) / Math.max(1e-9, north - south));
        double left = MARGIN + (WIDTH - 2 * MARGIN - (east - west) * squeeze * scale) / 2;
        List<Shape> shapes = new ArrayList<>();
        for (Tile tile : tiles) {
            Outline outline = outlines.get(tile.code());
            if (outline == null) {
                continue;
            }
            StringBuilder path = new StringBuilder();
            List<Position> largest = List.of();
            for (List<List<Position>> rings : outline.polygons()) {
                for (List<Position> ring : rings) {
                    char draw = 'M';
                    for (Position p : ring.subList(0, ring.size() - 1)) {
                        path.append(draw).append(Lines.round(left + (p.longitude() - west) * squeeze * scale)).append(' ').append(Lines.round(MARGIN + (north - p.latitude()) * scale));
                        draw = 'L';
                    }
                    path.append('Z');
                }
                if (rings.getFirst().size() > largest.size()) {
                    largest = rings.getFirst();
                }
            }
            Position middle = middle(largest);
            shapes.add(new Shape(tile.code(), tile.name(), tile.n(), tile.shade(), tile.href(), path.toString(), left + (middle.longitude() - west) * squeeze * scale,
                    MARGIN + (north - middle.latitude()) * scale));
        }
        return new Plan(WIDTH, (int) Math.ceil((north - south) * scale) + 2 * MARGIN, shapes, tiles, true);
    }

    /** The centre of what a ring encloses. */
    static Position middle(List<Position> ring) {
        double area = 0;
        double x = 0;
        double y = 0;
        Position zero = ring.getFirst();
        for (int i = 0; i + 1 < ring.size(); i++) {
            double ax = ring.get(i).longitude() - zero.longitude();
            double ay = ring.get(i).latitude() - zero.latitude();
            double bx = ring.get(i + 1).longitude() - zero.longitude();
            double by = ring.get(i + 1).latitude() - zero.latitude();
            double part = ax * by - bx * ay;
            area += part;
            x += (ax + bx) * part;
            y += (ay + by) * part;
        }
        return area == 0 ? zero : new Position(zero.longitude() + x / (3 * area), zero.latitude() + y / (3 * area));
    }
}
