package org.heshi.divisions.outline;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.divisions.Outlines;
import org.heshi.kernel.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The outlines as the database keeps them. */
@Repository
class KeptOutlines implements Outlines {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NAMED = 5;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    KeptOutlines(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Map<String, Outline> of(Collection<String> codes) {
        return of(codes, CivilTime.dateOf(clock.instant()));
    }

    @Override
    public Map<String, Outline> of(Collection<String> codes, LocalDate day) {
        Map<String, Outline> outlines = new HashMap<>();
        if (!codes.isEmpty()) {
            jdbc.sql("""
                    select s.code, o.shape from divisions.standing s join divisions.outline o on o.division = s.division
                     where s.level = any (:levels) and s.code = any (:codes) and s.valid_from <= :day and :day < s.valid_to""")
                    .param("levels", new Integer[] {1, 2, 3, 4, 5, 6, 7}).param("codes", codes.toArray(String[]::new))
                    .param("day", day).query(r -> {
                        outlines.put(r.getString("code"), read(r.getString("shape")));
                    });
        }
        return outlines;
    }

    @Override
    public Optional<String> holding(Position point, String within) {
        return jdbc.sql("""
                select s.code, o.shape from divisions.outline o join divisions.standing s on s.division = o.division
                 where :longitude between o.west and o.east and :latitude between o.south and o.north and s.valid_from <= :today and :today < s.valid_to
                   and starts_with(s.code, :within)
                 order by s.level desc, s.code""")
                .param("longitude", point.longitude()).param("latitude", point.latitude()).param("today", CivilTime.dateOf(clock.instant())).param("within", within)
                .query((r, _) -> Map.entry(r.getString("code"), read(r.getString("shape")))).list().stream()
                .filter(place -> holds(place.getValue(), point)).map(Map.Entry::getKey).findFirst();
    }

    /** Within the outer ring of one of its parts and in none of its holes: a line from it to the east crosses their sides an odd number of times. */
    static boolean holds(Outline outline, Position point) {
        return outline.polygons().stream().anyMatch(rings -> rings.stream().filter(ring -> new Ring(ring).encloses(point)).count() % 2 == 1);
    }

    /** All or none. @return how many @throws BadOutlines when there is no such place today */
    int keep(Map<String, Outline> outlines, String source) {
        return transactions.execute(_ -> {
            Map<String, UUID> places = new HashMap<>();
            jdbc.sql("""
                    select code, division from divisions.standing where level between 1 and 7 and code = any (:codes) and valid_from <= :today and :today < valid_to""")
                    .param("codes", outlines.keySet().toArray(String[]::new)).param("today", CivilTime.dateOf(clock.instant()))
                    .query(r -> {
                        places.put(r.getString("code"), r.getObject("division", UUID.class));
                    });
            List<String> unknown = outlines.keySet().stream().filter(code -> !places.containsKey(code)).sorted().toList();
            if (!unknown.isEmpty()) {
                throw new BadOutlines("no place has the code " + String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size())))
                        + (unknown.size() > NAMED ? " and " + (unknown.size() - NAMED) + " more" : "") + " today");
            }
            outlines.forEach((code, outline) -> jdbc.sql("""
                    insert into divisions.outline (division, shape, source, at, west, south, east, north) values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (division) do update set shape = excluded.shape, source = excluded.source, at = excluded.at,
                      west = excluded.west, south = excluded.south, east = excluded.east, north = excluded.north""")
                    .params(places.get(code), written(outline), source, clock.instant().atOffset(ZoneOffset.UTC)).params(edges(outline)).update());
            return outlines.size();
        });
    }

    /** West, south, east, north. */
    private static List<Double> edges(Outline outline) {
        DoubleSummaryStatistics across = positions(outline).mapToDouble(Position::longitude).summaryStatistics();
        DoubleSummaryStatistics along = positions(outline).mapToDouble(Position::latitude).summaryStatistics();
        return List.of(across.getMin(), along.getMin(), across.getMax(), along.getMax());
    }

    private static Stream<Position> positions(Outline outline) {
        return outline.polygons().stream().flatMap(List::stream).flatMap(List::stream);
    }

    /** As GeoJSON has it, to a metre. */
    static String written(Outline outline) {
        return outline.polygons().stream().map(rings -> rings.stream().map(ring -> ring.stream()
                .map(p -> String.format(Locale.ROOT, "[%.5f,%.5f]", p.longitude(), p.latitude())).collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"))).collect(Collectors.joining(",", "[", "]"));
    }

    private static Outline read(String shape) {
        List<List<List<Position>>> polygons = new ArrayList<>();
        for (JsonNode polygon : JSON.readTree(shape)) {
            List<List<Position>> rings = new ArrayList<>();
            for (JsonNode ring : polygon) {
                List<Position> positions = new ArrayList<>();
                for (JsonNode position : ring) {
                    positions.add(new Position(position.get(0).asDouble(), position.get(1).asDouble()));
                }
                rings.add(positions);
            }
            polygons.add(rings);
        }
        return new Outline(polygons);
    }
}
