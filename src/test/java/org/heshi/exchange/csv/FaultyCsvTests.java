package org.heshi.exchange.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.heshi.exchange.csv.CsvRow.Bad;
import org.heshi.exchange.csv.CsvRow.Fault;
import org.heshi.exchange.csv.CsvRow.Good;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyCsvTests {

    @Test
    void readsQuotesLineBreaksAndCommas() throws IOException {
        assertThat(rows("a,b\r\n\"x,1\",\"two\nlines \"\"quoted\"\"\"\r\n\n c ,\n", 2)).containsExactly(
                new Good(1, List.of("a", "b")), new Good(2, List.of("x,1", "two\nlines \"quoted\"")), new Good(5, List.of(" c ", "")));
    }

    @Test
    void leavesOutTheByteOrderMark() throws IOException {
        assertThat(rows("\uFEFFtitle,text\n\"a\",b\n", 2)).containsExactly(new Good(1, List.of("title", "text")), new Good(2, List.of("a", "b")));
    }

    @Test
    void namesTheLineOfAQuoteThatNeverClosesAndGoesOnAfterIt() throws IOException {
        assertThat(rows("a,b\n1,\"open\n2,two\n3,three\n", 2)).containsExactly(
                new Good(1, List.of("a", "b")), new Bad(2, Fault.UNCLOSED_QUOTE, "1,\"open"),
                new Good(3, List.of("2", "two")), new Good(4, List.of("3", "three")));
    }

    @Test
    void namesTheLineWhoseQuoteSwallowsTheNextQuotedRow() throws IOException {
        assertThat(rows("a,b\n1,\"open\n2,\"two\"\n3,\"three\"\n", 2)).containsExactly(
                new Good(1, List.of("a", "b")), new Bad(2, Fault.STRAY_QUOTE, "1,\"open"),
                new Good(3, List.of("2", "two")), new Good(4, List.of("3", "three")));
    }

    @Test
    void countsAQuoteOverThousandsOfLinesAsOpen() throws IOException {
        String lines = "x,y\n".repeat(CsvReader.MOST_LINES + 10);
        List<CsvRow> rows = rows("a,b\n1,\"open\n" + lines, 2);
        assertThat(rows.get(1)).isEqualTo(new Bad(2, Fault.UNCLOSED_QUOTE, "1,\"open"));
        assertThat(rows).hasSize(2 + CsvReader.MOST_LINES + 10);
    }

    @Test
    void reportsAnotherNumberOfColumns() throws IOException {
        assertThat(rows("a,b\n1\n1,2,3\n1,2\n", 2)).containsExactly(new Good(1, List.of("a", "b")),
                new Bad(2, Fault.COLUMNS, "1"), new Bad(3, Fault.COLUMNS, "1,2,3"), new Good(4, List.of("1", "2")));
    }

    @Test
    void takesAFieldOfAHundredThousandCharacters() throws IOException {
        String big = "长".repeat(100_000);
        assertThat(rows("a,\"" + big + "\"\n", 2)).containsExactly(new Good(1, List.of("a", big)));
    }

    @Test
    void reportsBytesThatAreNoText() throws IOException {
        byte[] surrogate = {'1', ',', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n', '2', ',', 'b', '\n'};
        List<CsvRow> rows = all(CsvReader.of(new ByteArrayInputStream(surrogate), StandardCharsets.UTF_8), 0);
        assertThat(rows.getFirst()).isInstanceOfSatisfying(Bad.class, bad -> {
            assertThat(bad.line()).isEqualTo(1);
            assertThat(bad.fault()).isEqualTo(Fault.ENCODING);
        });
        assertThat(rows.get(1)).isEqualTo(new Good(2, List.of("2", "b")));
    }

    @Test
    void knowsGbkFromUtf8EvenWhenOneLineIsBroken(@TempDir Path folder) throws IOException {
        Path utf8 = folder.resolve("utf8.csv");
        byte[] good = "标题,内容\n路灯不亮,村口\n井盖,丢了\n".getBytes(StandardCharsets.UTF_8);
        byte[] broken = java.util.Arrays.copyOf(good, good.length + 3);
        broken[good.length] = (byte) 0xFF;
        broken[good.length + 1] = ',';
        broken[good.length + 2] = 'x';
        Files.write(utf8, broken);
        Path gbk = folder.resolve("gbk.csv");
        Files.writeString(gbk, "标题,内容\n路灯不亮,村口\n", Charset.forName("GBK"));
        Path ascii = folder.resolve("ascii.csv");
        Files.writeString(ascii, "a,b\n");
        assertThat(Encoding.of(utf8)).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Encoding.of(gbk)).isEqualTo(Encoding.GB18030);
        assertThat(Encoding.of(ascii)).isEqualTo(StandardCharsets.UTF_8);
        try (CsvReader reader = CsvReader.open(gbk, Encoding.GB18030)) {
            assertThat(all(reader, 2).get(1)).isEqualTo(new Good(2, List.of("路灯不亮", "村口")));
        }
    }

    @Test
    void refusesUtf16(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("utf16.csv");
        Files.writeString(file, "标题", StandardCharsets.UTF_16);
        org.assertj.core.api.Assertions.assertThatIOException().isThrownBy(() -> Encoding.of(file)).withMessageContaining("UTF-16");
    }

    @Property
    void readsBackWhatWasWritten(@ForAll @Size(min = 1, max = 4) List<@StringLength(max = 12) @Chars({'"', ',', '\n', '\r', ' ', '=', '路', 'a'})
            @CharRange(from = 'b', to = 'e') String> cells) throws IOException {
        Path file = Files.createTempFile("cells", ".csv");
        try {
            try (CsvWriter writer = new CsvWriter(file)) {
                writer.row(cells);
                writer.row(cells);
            }
            try (CsvReader reader = CsvReader.open(file, StandardCharsets.UTF_8)) {
                List<String> safe = cells.stream().map(CsvWriter::safe).toList();
                boolean blank = cells.size() == 1 && cells.getFirst().isBlank() && safe.getFirst().isBlank();
                List<CsvRow> read = all(reader, 0);
                if (!blank) {
                    assertThat(read).hasSize(2).allSatisfy(row -> assertThat(row).isInstanceOfSatisfying(Good.class,
                            good -> assertThat(good.fields()).isEqualTo(safe)));
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    @Property
    void neverWritesACellThatASpreadsheetCalculates(@ForAll @StringLength(max = 6) @Chars({'=', '+', '-', '@', '\t', '\r', ' ', 'a', '＝'}) String cell) {
        String safe = CsvWriter.safe(cell).stripLeading();
        assertThat(safe.isEmpty() || "=+-@＝＋－＠".indexOf(safe.charAt(0)) < 0).isTrue();
    }

    @Property
    void endsOnAnyBytes(@ForAll byte[] bytes) throws IOException {
        all(CsvReader.of(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8), 3);
        all(CsvReader.of(new ByteArrayInputStream(bytes), Encoding.GB18030), 0);
    }

    private static List<CsvRow> rows(String text, int columns) throws IOException {
        return all(CsvReader.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8), columns);
    }

    private static List<CsvRow> all(CsvReader reader, int columns) throws IOException {
        reader.expect(columns);
        List<CsvRow> rows = new ArrayList<>();
        for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
            rows.add(row.get());
        }
        return rows;
    }
}
