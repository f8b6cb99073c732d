package org.heshi.directory.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A spreadsheet as plain text, row by row. Nothing in it is evaluated: a formula is a problem of its cell, macros are not looked at. What it
 * unpacks to is counted before anything is parsed.
 */
final class Spreadsheet {

    static final int LARGEST = 5 * 1024 * 1024;
    static final int MOST_ROWS = 20_000;
    private static final long LARGEST_UNPACKED = 64L * 1024 * 1024;
    private static final int MOST_PARTS = 500;

    sealed interface Reading {

        record Read(Map<Kind, Table> tables) implements Reading {
        }

        record Unreadable(Refusal refusal) implements Reading {
        }
    }

    /** @param missing needed headings that are not there: then no row was read */
    record Table(List<Line> lines, List<Kind.Column> missing, boolean cut) {
    }

    /** @param number as the spreadsheet counts, from 1; cells by the order of the kind's columns, missing ones empty */
    record Line(int number, List<Text> cells) {

        boolean blank() {
            return cells.stream().allMatch(cell -> cell.text.isBlank() && cell.trouble.isEmpty());
        }
    }

    /** @param trouble code of a refusal when the cell could not be taken as text */
    record Text(String text, Optional<String> trouble) {

        static final Text NONE = new Text("", Optional.empty());
    }

    private Spreadsheet() {
    }

    static Reading read(byte[] file) {
        if (file.length == 0) {
            return unreadable("directory-file-none");
        }
        if (file.length > LARGEST) {
            return unreadable("directory-file-too-big");
        }
        if (file.length < 4 || !ReadableWorkbook.isOOXMLZipHeader(file)) {
            return unreadable("directory-file-not-xlsx");
        }
        try {
            if (!unpacksWithin(file)) {
                return unreadable("directory-file-unpacks-too-big");
            }
            return parse(file);
        } catch (IOException | RuntimeException e) {
            // The reader throws whatever its parsers throw; whatever it was, the file is at fault and its sender is told so.
            return unreadable("directory-file-broken");
        }
    }

    private static Reading parse(byte[] file) throws IOException {
        Map<Kind, Table> tables = new LinkedHashMap<>();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(false, true));
                Stream<Sheet> sheets = workbook.getSheets()) {
            for (Sheet sheet : sheets.toList()) {
                Optional<Kind> kind = Kind.of(sheet.getName());
                if (kind.isPresent() && !tables.containsKey(kind.get())) {
                    tables.put(kind.get(), table(kind.get(), sheet));
                }
            }
        }
        return tables.isEmpty() ? unreadable("directory-file-no-sheet") : new Reading.Read(tables);
    }

    private static Table table(Kind kind, Sheet sheet) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Row> rows = sheet.openStream()) {
            Iterator<Row> each = rows.iterator();
            Map<Kind.Column, Integer> places = each.hasNext() ? headings(kind, each.next()) : Map.of();
            List<Kind.Column> missing = kind.columns.stream().filter(column -> column.needed() && !places.containsKey(column)).toList();
            if (!missing.isEmpty()) {
                return new Table(List.of(), missing, false);
            }
            while (each.hasNext()) {
                if (lines.size() == MOST_ROWS) {
                    return new Table(lines, List.of(), true);
                }
                Row row = each.next();
                Line line = new Line(row.getRowNum(), kind.columns.stream()
                        .map(column -> places.containsKey(column) ? text(row.getOptionalCell(places.get(column)).orElse(null)) : Text.NONE).toList());
                if (!line.blank()) {
                    lines.add(line);
                }
            }
        }
        return new Table(lines, List.of(), false);
    }

    private static Map<Kind.Column, Integer> headings(Kind kind, Row row) {
        Map<Kind.Column, Integer> places = new HashMap<>();
        for (Cell cell : row) {
            if (cell != null) {
                String heading = text(cell).text();
                kind.columns.stream().filter(column -> column.named(heading)).findFirst()
                        .ifPresent(column -> places.putIfAbsent(column, cell.getColumnIndex()));
            }
        }
        return places;
    }

    private static Text text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return Text.NONE;
        }
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            return new Text("", Optional.of("directory-cell-formula"));
        }
        return switch (cell.getType()) {
            case STRING -> new Text(cell.asString().strip(), Optional.empty());
            case NUMBER -> new Text(plain(cell.asNumber()), Optional.empty());
            case BOOLEAN -> new Text(cell.getRawValue(), Optional.empty());
            case FORMULA, ERROR, EMPTY -> new Text("", Optional.of("directory-cell-error"));
        };
    }

    /** A code typed as a number is its digits: 330681, not 330681.0. */
    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static boolean unpacksWithin(byte[] file) throws IOException {
        long bytes = 0;
        int parts = 0;
        byte[] piece = new byte[16 * 1024];
        try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (++parts > MOST_PARTS) {
                    return false;
                }
                if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
                    // no workbook is packed otherwise, and other unpackers are not all here
                    throw new IOException("a part that is packed as no workbook's are");
                }
                try (InputStream part = zip.getInputStream(entry)) {
                    for (int n = part.read(piece); n >= 0; n = part.read(piece)) {
                        bytes += n;
                        if (bytes > LARGEST_UNPACKED) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private static Reading unreadable(String code) {
        return new Reading.Unreadable(Refusal.at("file", code));
    }
}
