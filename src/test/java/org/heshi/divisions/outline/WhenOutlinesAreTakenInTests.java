package org.heshi.divisions.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.divisions.Outlines.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenOutlinesAreTakenInTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    KeptOutlines outlines;
    @Autowired
    ImportOutlines command;
    @TempDir
    Path folder;

    private static String feature(String code, String geometry) {
        return "{\"type\":\"Feature\",\"properties\":{\"code\":\"" + code + "\"},\"geometry\":" + geometry + "}";
    }

    private static String square(double west, double south) {
        return "{\"type\":\"Polygon\",\"coordinates\":[[[%1$s,%2$s],[%3$s,%2$s],[%3$s,%4$s],[%1$s,%4$s],[%1$s,%2$s]]]}".formatted(west, south, west + 0.1, south + 0.1);
    }

    private Path file(String... features) throws IOException {
        return written("{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}");
    }

    private Path written(String content) throws IOException {
        return Files.writeString(folder.resolve("outlines.geojson"), content);
    }

    private int run(Path file, ByteArrayOutputStream said) throws IOException {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return org.heshi.access.Acting.as(new org.heshi.access.Actor.Machine("importer"), () -> {
            try {
                return command.run(file, "", out, out);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void keepsThemWithTheirPlacesAndPutsANewOneInThePlaceOfTheOld() throws IOException {
        County county = County.make(context);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(run(file(feature(county.townA, square(120, 29)), feature(county.townB, square(120.1, 29))), said)).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(outlines.of(List.of(county.townA, county.townB, county.code))).containsOnlyKeys(county.townA, county.townB);
        run(file(feature(county.townA, square(121, 28))), said);
        assertThat(outlines.of(List.of(county.townA)).get(county.townA).polygons().getFirst().getFirst()).contains(new Position(121, 28)).hasSize(5);
    }

    @Test
    void saysWhichPlaceHoldsAPoint() throws IOException {
        County county = County.make(context);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String ring = "{\"type\":\"Polygon\",\"coordinates\":[[[3,3],[4,3],[4,4],[3,4],[3,3]],[[3.4,3.4],[3.6,3.4],[3.6,3.6],[3.4,3.6],[3.4,3.4]]]}";
        run(file(feature(county.townA, ring), feature(county.villageA, "{\"type\":\"Polygon\",\"coordinates\":[[[3,3],[3.2,3],[3,3.2],[3,3]]]}")), said);
        assertThat(outlines.holding(new Position(3.05, 3.05), "")).as("the smallest").contains(county.villageA);
        assertThat(outlines.holding(new Position(3.15, 3.15), "")).as("in the square around the village, beyond its border").contains(county.townA);
        assertThat(outlines.holding(new Position(3.5, 3.5), "")).as("in the hole").isEmpty();
        assertThat(outlines.holding(new Position(3.3, 3.3), county.code)).contains(county.townA);
        assertThat(outlines.holding(new Position(3.3, 3.3), county.townB)).isEmpty();
        assertThat(outlines.holding(new Position(2.9, 3.5), "")).isEmpty();
    }

    @Test
    void takesInNothingWhenAPlaceIsUnknown() throws IOException {
        County county = County.make(context);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(run(file(feature(county.townA, square(120, 29)), feature("999999", square(1, 1))), said)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("999999", "Nothing was taken in");
        assertThat(outlines.of(List.of(county.townA))).isEmpty();
    }

    @Test
    void refusesWhatIsNoOutline() throws IOException {
        for (String wrong : List.of("{", "[]", "{\"type\":\"FeatureCollection\",\"features\":[]}",
                "{\"type\":\"FeatureCollection\",\"crs\":{},\"features\":[" + feature("330681", square(1, 1)) + "]}")) {
            assertThatThrownBy(() -> OutlineFile.read(written(wrong))).as(wrong).isInstanceOf(BadOutlines.class);
        }
        for (String geometry : List.of("null", "{\"type\":\"Point\",\"coordinates\":[1,2]}", "{\"type\":\"Polygon\",\"coordinates\":[]}",
                "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1]]]}", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1]]]}",
                "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[2,0],[0,0]]]}",
                "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[500,0],[500,1],[0,0]]]}", "{\"type\":\"Polygon\",\"coordinates\":[[[0,\"x\"],[1,0],[1,1],[0,0]]]}")) {
            assertThatThrownBy(() -> OutlineFile.read(file(feature("330681", geometry)))).as(geometry).isInstanceOf(BadOutlines.class);
        }
        assertThatThrownBy(() -> OutlineFile.read(file(feature("330681", square(1, 1)), feature("330681", square(1, 1))))).hasMessageContaining("two outlines");
        assertThatThrownBy(() -> OutlineFile.read(file(feature("诸暨", square(1, 1))))).hasMessageContaining("no code");
    }

    @Test
    void drawsLongLinesCoarser() throws IOException {
        StringBuilder ring = new StringBuilder();
        for (int i = 0; i <= 3600; i++) {
            double turned = Math.toRadians(i % 3600 / 10.0);
            ring.append(i == 0 ? "" : ",").append("[%.6f,%.6f]".formatted(120 + Math.cos(turned), 29 + Math.sin(turned)));
        }
        List<Position> drawn = OutlineFile.read(file(feature("330681", "{\"type\":\"MultiPolygon\",\"coordinates\":[[[" + ring + "]]]}"))).get("330681").polygons().getFirst()
                .getFirst();
        assertThat(drawn).hasSizeBetween(20, 200);
        assertThat(drawn.getFirst()).isEqualTo(drawn.getLast());
    }
}
