package org.heshi.kernel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Reads a workbook through once before anybody takes it for one: how much it unpacks to, whether it holds macros, how long its longest text is, which cells
 * are merged, how many rows there are. Holds none of it.
 *
 * @param rows   by the name of the sheet, in order
 * @param merges likewise: first row, last row, first column, last column, from 0
 */
public record XlsxInspection(Map<String, Long> rows, Map<String, List<int[]>> merges) {

    /**
     * @param unpacked what all of it may unpack to, in bytes
     * @param shared   what the strings that cells share may unpack to: they are held while it is read
     * @param parts    how many parts there may be
     */
    public record Most(long unpacked, long shared, int parts) {
    }

    /** Columns end at XFD; a cell without a place stands after the one before it. */
    private static final Pattern CELL = Pattern.compile("|[A-Z]{1,2}[0-9]{1,7}|[A-X][A-Z]{2}[0-9]{1,7}");
    private static final int MOST_MERGES = 10_000;
    private static final int MOST_SHEETS = 200;
    /** A cell of a spreadsheet program holds 32,767 characters. */
    private static final int LONGEST = 32_767;

    /** Why it is none that can be read. */
    public static final class Unreadable extends IOException {

        private final String code;

        public Unreadable(String code) {
            super(code);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** @throws Unreadable saying why it is not read */
    public static XlsxInspection of(Path file, Most most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            begins(in.readNBytes(4));
        }
        return of(ZipFile.builder().setPath(file), most);
    }

    /** @throws Unreadable saying why it is not read */
    public static XlsxInspection of(byte[] file, Most most) throws IOException {
        begins(file);
        return of(ZipFile.builder().setByteArray(file), most);
    }

    private static void begins(byte[] start) throws Unreadable {
        if (start.length < 4 || start[0] != 'P' || start[1] != 'K' || start[2] != 3 || start[3] != 4) {
            throw new Unreadable("not-xlsx");
        }
    }

    private static XlsxInspection of(ZipFile.Builder file, Most most) throws IOException {
        try (ZipFile zip = file.get()) {
            return of(zip, most);
        } catch (XMLStreamException | IOException | RuntimeException e) {
            // readers of XML wrap what the bytes below them say
            for (Throwable why = e; why != null; why = why instanceof XMLStreamException wrapped && wrapped.getNestedException() != null ? wrapped.getNestedException() : why.getCause()) {
                if (why instanceof Unreadable known) {
                    throw known;
                }
            }
            throw new Unreadable("broken");
        }
    }

    private static XlsxInspection of(ZipFile zip, Most most) throws IOException, XMLStreamException {
        Budget all = new Budget(most.unpacked());
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, String> targets = new HashMap<>();
        Map<String, Long> rows = new HashMap<>();
        Map<String, List<int[]>> merges = new HashMap<>();
        int parts = 0;
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            String name = entry.getName().toLowerCase(Locale.ROOT);
            if (++parts > most.parts()) {
                throw new Unreadable("too-big");
            }
            if (name.endsWith("vbaproject.bin") || name.contains("macrosheets/")) {
                throw new Unreadable("macros");
            }
            if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
                throw new Unreadable("broken");
            }
            try (InputStream in = new Counted(zip.getInputStream(entry), all, new Budget(name.endsWith("sharedstrings.xml") ? most.shared() : most.unpacked()))) {
                if (name.equals("xl/workbook.xml")) {
                    each(in, (reader, element) -> {
                        if (element.equals("sheet") && names.size() < MOST_SHEETS) {
                            names.put(attribute(reader, "name"), reader.getAttributeValue("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id"));
                        }
                    });
                } else if (name.equals("xl/_rels/workbook.xml.rels")) {
                    each(in, (reader, element) -> {
                        if (element.equals("Relationship")) {
                            targets.put(attribute(reader, "Id"), attribute(reader, "Target").replaceFirst("^/?(xl/)?", "xl/").toLowerCase(Locale.ROOT));
                        }
                    });
                } else if (name.startsWith("xl/worksheets/") && name.endsWith(".xml")) {
                    long[] counted = new long[1];
                    List<int[]> merged = new ArrayList<>();
                    each(in, (reader, element) -> {
                        if (element.equals("c") && !CELL.matcher(String.valueOf(attribute(reader, "r"))).matches()) {
                            // a reader makes room for every column up to the one that it is told
                            throw new Unreadable("broken");
                        }
                        if (element.equals("row")) {
                            counted[0]++;
                        } else if (element.equals("mergeCell")) {
                            if (merged.size() == MOST_MERGES) {
                                throw new Unreadable("merges");
                            }
                            merged.add(range(attribute(reader, "ref")));
                        }
                    });
                    rows.put(name, counted[0]);
                    merges.put(name, merged);
                } else if (name.endsWith("[content_types].xml")) {
                    each(in, (reader, element) -> {
                        if (String.valueOf(reader.getAttributeValue(null, "ContentType")).toLowerCase(Locale.ROOT).contains("macroenabled")) {
                            throw new Unreadable("macros");
                        }
                    });
                } else if (name.endsWith(".xml") || name.endsWith(".rels")) {
                    each(in, (_, _) -> {
                    });
                } else {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
        }
        if (names.isEmpty() || rows.isEmpty()) {
            throw new Unreadable("broken");
        }
        Map<String, Long> counted = new LinkedHashMap<>();
        Map<String, List<int[]>> merged = new LinkedHashMap<>();
        names.forEach((sheet, id) -> {
            String part = targets.getOrDefault(id, "");
            counted.put(sheet, rows.getOrDefault(part, 0L));
            merged.put(sheet, merges.getOrDefault(part, List.of()));
        });
        return new XlsxInspection(counted, merged);
    }

    /** Those merged cells that stand in a row, which counts from 0. */
    public List<int[]> merged(String sheet, int row) {
        List<int[]> all = merges.getOrDefault(sheet, List.of());
        return all.isEmpty() ? all : all.stream().filter(one -> one[0] <= row && row <= one[1]).toList();
    }

    /** The merged cells of its row that a cell stands in, as people call them ({@code B3:C4}); empty when it stands alone. */
    public static Optional<String> merged(List<int[]> ofRow, int column) {
        return ofRow.stream().filter(one -> one[2] <= column && column <= one[3]).findFirst()
                .map(one -> XlsxCell.reference(one[0], one[2]) + ":" + XlsxCell.reference(one[1], one[3]));
    }

    private interface Element {
        void at(XMLStreamReader reader, String name) throws IOException;
    }

    /** Every element; refuses a document type and texts that no cell holds. */
    private static void each(InputStream in, Element element) throws XMLStreamException, IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        long text = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new Unreadable("broken");
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = reader.getLocalName();
                    if (name.equals("si") || name.equals("c")) {
                        text = 0;
                    }
                    element.at(reader, name);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    text += reader.getTextLength();
                    if (text > 2L * LONGEST) {
                        throw new Unreadable("long-text");
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    String name = reader.getLocalName();
                    if (!name.equals("t") && !name.equals("r") && !name.equals("v") && !name.equals("f")) {
                        text = 0;
                    }
                }
                default -> {
                }
            }
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** {@code B3:D7} or {@code B3}. */
    private static int[] range(String ref) {
        String[] ends = ref.split(":", 2);
        int[] from = cell(ends[0]);
        int[] to = ends.length == 2 ? cell(ends[1]) : from;
        return new int[] {from[0], to[0], from[1], to[1]};
    }

    private static int[] cell(String ref) {
        int column = 0;
        int n = 0;
        for (; n < ref.length() && Character.isLetter(ref.charAt(n)); n++) {
            column = column * 26 + (Character.toUpperCase(ref.charAt(n)) - 'A' + 1);
        }
        return new int[] {Integer.parseInt(ref.substring(n)) - 1, column - 1};
    }

    private static final class Budget {

        private long left;

        Budget(long left) {
            this.left = left;
        }

        void take(long bytes) throws Unreadable {
            left -= bytes;
            if (left < 0) {
                throw new Unreadable("too-big");
            }
        }
    }

    private static final class Counted extends FilterInputStream {

        private final Budget all;
        private final Budget own;

        Counted(InputStream in, Budget all, Budget own) {
            super(in);
            this.all = all;
            this.own = own;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) {
                all.take(1);
                own.take(1);
            }
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            if (n > 0) {
                all.take(n);
                own.take(n);
            }
            return n;
        }
    }
}
