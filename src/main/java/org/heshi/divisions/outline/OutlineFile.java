package org.heshi.divisions.outline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heshi.divisions.Outlines.Outline;
import org.heshi.divisions.Outlines.Position;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A GeoJSON file (RFC 7946): a feature for each place, with the place's code as its property {@code code} or {@code adcode}. Read whole, and refused whole when
 * anything in it is wrong.
 */
final class OutlineFile {

    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int MOST_POSITIONS = 200_000;
    /** Coarser by this part of a place's width or height: what a line on a screen is wide. */
    private static final double COARSER = 1.0 / 1500;
    /** Islands smaller than this part of the largest are not drawn. */
    private static final double SPECK = 1.0 / 5000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OutlineFile() {
    }

    /** The outlines by their codes, drawn coarser. @throws BadOutlines when it is no such file */
    static Map<String, Outline> read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new BadOutlines(file + " is larger than 256 MiB");
        }
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new BadOutlines(file + " is no JSON");
        }
        if (!root.path("type").asString("").equals("FeatureCollection") || !root.path("features").isArray() || root.path("features").isEmpty()) {
            throw new BadOutlines(file + " is no GeoJSON FeatureCollection with features in it");
        }
        if (root.has("crs")) {
            throw new BadOutlines(file + " names a reference system of its own; GeoJSON is WGS 84 (RFC 7946, section 4)");
        }
        Map<String, Outline> outlines = new LinkedHashMap<>();
        int number = 0;
        for (JsonNode feature : root.path("features")) {
            number++;
            String code = code(feature.path("properties"));
            if (!code.matches("[1-9][0-9]{1,16}")) {
                throw new BadOutlines("feature " + number + " has no code of a place as its property code or adcode");
            }
            if (outlines.put(code, outline(code, feature.path("geometry"))) != null) {
                throw new BadOutlines("the place " + code + " has two outlines");
            }
        }
        return outlines;
    }

    private static String code(JsonNode properties) {
        JsonNode given = properties.has("code") ? properties.path("code") : properties.path("adcode");
        return given.isString() ? given.asString().strip() : given.isIntegralNumber() ? given.asString() : "";
    }

    private static Outline outline(String code, JsonNode geometry) {
        JsonNode coordinates = geometry.path("coordinates");
        List<JsonNode> polygons = new ArrayList<>();
        switch (geometry.path("type").asString("")) {
            case "Polygon" -> polygons.add(coordinates);
            case "MultiPolygon" -> coordinates.forEach(polygons::add);
            default -> throw new BadOutlines("the outline of " + code + " is neither a Polygon nor a MultiPolygon");
        }
        int positions = 0;
        List<List<Ring>> read = new ArrayList<>();
        for (JsonNode polygon : polygons) {
            List<Ring> rings = new ArrayList<>();
            for (JsonNode ring : polygon) {
                Ring one = new Ring(positions(code, ring));
                positions += one.positions().size();
                if (positions > MOST_POSITIONS) {
                    throw new BadOutlines("the outline of " + code + " has more than " + MOST_POSITIONS + " positions");
                }
                String wrong = one.wrong();
                if (!wrong.isEmpty()) {
                    throw new BadOutlines("the outline of " + code + ": " + wrong);
                }
                rings.add(one);
            }
            if (!rings.isEmpty()) {
                read.add(rings);
            }
        }
        if (read.isEmpty()) {
            throw new BadOutlines("the outline of " + code + " is empty");
        }
        return coarser(read);
    }

    private static List<Position> positions(String code, JsonNode ring) {
        List<Position> positions = new ArrayList<>();
        for (JsonNode one : ring) {
            if (!one.isArray() || one.size() < 2 || !one.get(0).isNumber() || !one.get(1).isNumber()) {
                throw new BadOutlines("the outline of " + code + ": a position is not two numbers");
            }
            positions.add(new Position(one.get(0).asDouble(), one.get(1).asDouble()));
        }
        return positions;
    }

    private static Outline coarser(List<List<Ring>> polygons) {
        List<Position> all = polygons.stream().flatMap(rings -> rings.getFirst().positions().stream()).toList();
        double width = all.stream().mapToDouble(Position::longitude).max().orElse(0) - all.stream().mapToDouble(Position::longitude).min().orElse(0);
        double height = all.stream().mapToDouble(Position::latitude).max().orElse(0) - all.stream().mapToDouble(Position::latitude).min().orElse(0);
        double tolerance = Math.max(width, height) * COARSER;
        double largest = polygons.stream().mapToDouble(rings -> rings.getFirst().area()).max().orElse(0);
        return new Outline(polygons.stream().filter(rings -> rings.getFirst().area() >= largest * SPECK)
                .map(rings -> rings.stream().filter(ring -> ring.area() >= largest * SPECK).map(ring -> ring.coarser(tolerance).positions()).toList()).toList());
    }
}
