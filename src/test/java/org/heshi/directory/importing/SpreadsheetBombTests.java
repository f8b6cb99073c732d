package org.heshi.directory.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spreadsheet is a ZIP of XML: both can be made to grow, to read other files and to call other hosts. This one is read, or refused, in bounded time. */
class SpreadsheetBombTests {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"})
    void doesNotGrowByEntitiesOfEntities(String part) throws IOException {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"哈哈哈哈哈哈哈哈哈哈\">");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
        }
        byte[] bomb = changed(part, xml -> declared(xml, laughs.append("]>").toString()).replace("枫桥试验局", "&e9;").replace("机构", "&e9;"));
        endsInTime(bomb, "哈哈");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"})
    void readsNoOtherFileAndCallsNoOtherHost(String part) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "words-of-another-file");
        AtomicInteger called = new AtomicInteger();
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!elsewhere.isClosed()) {
                    try (var _ = elsewhere.accept()) {
                        called.incrementAndGet();
                    } catch (IOException _) {
                        return;
                    }
                }
            });
            String types = "<!DOCTYPE x [<!ENTITY file SYSTEM \"" + secret.toUri() + "\"><!ENTITY call SYSTEM \"http://127.0.0.1:" + elsewhere.getLocalPort()
                    + "/x\"><!ENTITY % outer SYSTEM \"http://127.0.0.1:" + elsewhere.getLocalPort() + "/y.dtd\">%outer;]>";
            for (String entity : new String[] {"&file;", "&call;"}) {
                endsInTime(changed(part, xml -> declared(xml, types).replace("枫桥试验局", entity).replace("机构", entity)), "words-of-another-file");
            }
            assertThat(called).hasValue(0);
        }
    }

    @Test
    void isRefusedWhenItUnpacksToTooMuchInOnePartOrInMany() throws IOException {
        assertThat(refusal(with("xl/media/zeros.bin", 100, 1))).isEqualTo("directory-file-unpacks-too-big");
        assertThat(refusal(with("xl/media/zeros", 1, 80))).isEqualTo("directory-file-unpacks-too-big");
        assertThat(refusal(with("xl/media/nothing", 0, 600))).isEqualTo("directory-file-unpacks-too-big");
    }

    @Test
    void isNotOpenedTwiceWhenItHoldsAnotherArchive() throws IOException {
        byte[] inner = with("xl/media/zeros", 1, 40);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            copy(good(), zip);
            zip.putNextEntry(new ZipEntry("xl/embeddings/inner.xlsx"));
            zip.write(inner);
        }
        assertThat(Spreadsheet.read(bytes.toByteArray())).isInstanceOf(Spreadsheet.Reading.Read.class);
    }

    @Test
    void namesPartsThatLeaveTheFolderAndIsNotTroubled() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            copy(good(), zip);
            zip.putNextEntry(new ZipEntry("../../../../../../" + folder + "/out.txt"));
            zip.write('x');
        }
        assertThat(Spreadsheet.read(bytes.toByteArray())).isInstanceOf(Spreadsheet.Reading.Read.class);
        assertThat(folder.resolve("out.txt")).doesNotExist();
    }

    @Test
    void readsTheGoodOne() throws IOException {
        assertThat(Spreadsheet.read(good())).isInstanceOfSatisfying(Spreadsheet.Reading.Read.class,
                read -> assertThat(read.tables().get(Kind.UNITS).lines().getFirst().cells().getFirst().text()).isEqualTo("枫桥试验局"));
    }

    @Test
    void saysWhatIsWrongWithACellAndTakesNoneOfIt() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("机构");
            String[] heading = {"名称", "类型", "区划代码", "上级机构"};
            for (int c = 0; c < heading.length; c++) {
                sheet.value(0, c, heading[c]);
            }
            sheet.formula(1, 0, "1+1");
            sheet.value(1, 1, "部门");
            sheet.value(1, 2, 330681);
            sheet.value(2, 0, java.time.LocalDate.of(2026, 7, 1));
            sheet.style(2, 0).format("yyyy-mm-dd").set();
            sheet.value(3, 0, "甲局");
            sheet.range(3, 0, 3, 1).merge();
            sheet.value(4, 0, "2026-07-01");
        }
        Spreadsheet.Table table = ((Spreadsheet.Reading.Read) Spreadsheet.read(bytes.toByteArray())).tables().get(Kind.UNITS);
        assertThat(table.lines().get(0).cells().get(0)).isEqualTo(new Spreadsheet.Text("", java.util.Optional.of("directory-cell-formula")));
        assertThat(table.lines().get(0).cells().get(2).text()).isEqualTo("330681");
        assertThat(table.lines().get(1).cells().get(0)).isEqualTo(new Spreadsheet.Text("", java.util.Optional.of("directory-cell-date")));
        assertThat(table.lines().get(2).cells().subList(0, 2)).containsOnly(new Spreadsheet.Text("", java.util.Optional.of("directory-cell-merged")));
        assertThat(table.lines().get(3).cells().get(0).text()).isEqualTo("2026-07-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"})
    void isRefusedWhenItHoldsMacros(String part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            copy(good(), zip);
            zip.putNextEntry(new ZipEntry(part));
            zip.write('x');
        }
        assertThat(refusal(bytes.toByteArray())).isEqualTo("directory-file-macros");
    }

    @Test
    void isRefusedWhenACellHoldsMoreThanACellCan() throws IOException {
        assertThat(refusal(changed("xl/sharedStrings.xml", xml -> xml.replaceFirst("</t>", "x".repeat(70_000) + "</t>")))).isEqualTo("directory-file-long-text");
        assertThat(refusal(changed("xl/worksheets/sheet1.xml", xml -> xml.replace("r=\"A2\"", "r=\"ZZZZZ2\"")))).isEqualTo("directory-file-broken");
    }

    /** As many rows as a sheet can hold. */
    @Test
    void isReadAsFarAsRowsAreTakenWhenItHasAsManyAsItCan() throws IOException {
        StringBuilder rows = new StringBuilder(48 * 1_048_576);
        for (int row = 3; row <= 1_048_576; row++) {
            rows.append("<row r=\"").append(row).append("\"><c r=\"A").append(row).append("\"><v>1</v></c></row>");
        }
        byte[] file = changed("xl/worksheets/sheet1.xml", xml -> xml.replace("</sheetData>", rows + "</sheetData>"));
        long began = System.nanoTime();
        Spreadsheet.Table table = ((Spreadsheet.Reading.Read) Spreadsheet.read(file)).tables().get(Kind.UNITS);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
        assertThat(table.cut()).isTrue();
        assertThat(table.lines()).hasSize(Spreadsheet.MOST_ROWS);
    }

    private static void endsInTime(byte[] file, String never) {
        long began = System.nanoTime();
        Spreadsheet.Reading reading = Spreadsheet.read(file);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
        assertThat(reading.toString()).doesNotContain(never).hasSizeLessThan(100_000);
    }

    private static String refusal(byte[] file) {
        return Spreadsheet.read(file) instanceof Spreadsheet.Reading.Unreadable(var refusal) ? refusal.code() : "read";
    }

    private static byte[] good() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("机构");
            String[][] rows = {{"名称", "类型", "区划代码"}, {"枫桥试验局", "部门", "330681"}};
            for (int r = 0; r < rows.length; r++) {
                for (int c = 0; c < rows[r].length; c++) {
                    sheet.value(r, c, rows[r][c]);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static String declared(String xml, String types) {
        return xml.startsWith("<?xml") ? xml.replaceFirst("\\?>", "?>" + java.util.regex.Matcher.quoteReplacement(types)) : types + xml;
    }

    private static byte[] changed(String part, UnaryOperator<String> how) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean[] met = {false};
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> one : parts(good()).entrySet()) {
                String xml = new String(one.getValue(), StandardCharsets.UTF_8);
                met[0] |= one.getKey().equals(part);
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write((one.getKey().equals(part) ? how.apply(xml) : xml).getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(met[0]).as("there is a part %s", part).isTrue();
        return bytes.toByteArray();
    }

    private static void copy(byte[] from, ZipOutputStream to) throws IOException {
        for (Map.Entry<String, byte[]> one : parts(from).entrySet()) {
            to.putNextEntry(new ZipEntry(one.getKey()));
            to.write(one.getValue());
        }
    }

    private static Map<String, byte[]> parts(byte[] file) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return parts;
    }

    /** The good one with as many parts more, each of so many megabytes of zeros. */
    private static byte[] with(String name, int megabytes, int parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1024 * 1024];
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            copy(good(), zip);
            for (int part = 0; part < parts; part++) {
                zip.putNextEntry(new ZipEntry(name + part));
                for (int i = 0; i < megabytes; i++) {
                    zip.write(zeros);
                }
            }
        }
        return bytes.toByteArray();
    }
}
