package org.heshi.directory.importing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a spreadsheet or a refusal. */
class SpreadsheetFuzz {

    /** "PK", 1, 2: a row of the list of parts; ten bytes on stands how the part is packed. */
    private static final int LISTED = 0x02014b50;
    private static final int PACKED = 10;
    /** Zstandard by its old number: the reader has a class for it that is not there. Fuzzing found that this threw an Error. */
    private static final short ZSTANDARD = 20;

    /** What fuzzing starts from, and every run reads: the beginning of a workbook, one that is cut off, one that is packed as no workbook is. */
    static Stream<Arguments> seeds() throws IOException {
        byte[] workbook = workbook();
        byte[] zstandard = workbook.clone();
        ByteBuffer list = ByteBuffer.wrap(zstandard).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (list.getInt(at) != LISTED) {
            at++;
        }
        list.putShort(at + PACKED, ZSTANDARD);
        return Stream.of(workbook, Arrays.copyOf(workbook, 60), zstandard).map(bytes -> Arguments.of((Object) bytes));
    }

    private static byte[] workbook() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets/></workbook>".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void isReadOrRefused(byte[] file) {
        Spreadsheet.read(file);
    }
}
