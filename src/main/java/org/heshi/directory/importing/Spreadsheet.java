package org.heshi.directory.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.XlsxCell;
import org.heshi.kernel.XlsxInspection;
import org.jspecify.annotations.Nullable;

/**
 * A spreadsheet as plain text, row by row, read as that of matters is: inspected before anything is parsed, nothing in it evaluated, a cell that cannot be taken is a
 * problem of that cell.
 */
final class Spreadsheet {

    static final int LARGEST = 5 * 1024 * 1024;
    static final int MOST_ROWS = 20_000;
    private static final XlsxInspection.Most MOST = new XlsxInspection.Most(64L * 1024 * 1024, 32L * 1024 * 1024, 500);

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
        try {
            return parse(file, XlsxInspection.of(file, MOST));
        } catch (XlsxInspection.Unreadable why) {
            return unreadable(switch (why.code()) {
                case "not-xlsx" -> "directory-file-not-xlsx";
                case "too-big" -> "directory-file-unpacks-too-big";
                case "macros" -> "directory-file-macros";
                case "long-text", "merges" -> "directory-file-" + why.code();
                default -> "directory-file-broken";
            });
        } catch (IOException | RuntimeException e) {
            // The reader throws whatever its parsers throw; whatever it was, the file is at fault and its sender is told so.
            return unreadable("directory-file-broken");
        }
    }

    private static Reading parse(byte[] file, XlsxInspection inspection) throws IOException {
        Map<Kind, Table> tables = new LinkedHashMap<>();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, true));
                Stream<Sheet> sheets = workbook.getSheets()) {
            for (Sheet sheet : sheets.toList()) {
                Optional<Kind> kind = Kind.of(sheet.getName());
                if (kind.isPresent() && !tables.containsKey(kind.get())) {
                    tables.put(kind.get(), table(kind.get(), sheet, inspection));
                }
            }
        }
        return tables.isEmpty() ? unreadable("directory-file-no-sheet") : new Reading.Read(tables);
    }

    private static Table table(Kind kind, Sheet sheet, XlsxInspection inspection) throws IOException {
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
                int number = row.getRowNum();
                List<int[]> merged = inspection.merged(sheet.getName(), number - 1);
                Line line = new Line(number, kind.columns.stream().map(column -> !places.containsKey(column) ? Text.NONE
                        : XlsxInspection.merged(merged, places.get(column)).map(_ -> new Text("", Optional.of("directory-cell-merged")))
                                .orElseGet(() -> text(row.getOptionalCell(places.get(column)).orElse(null)))).toList());
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
        XlsxCell read = XlsxCell.of(cell, false);
        return new Text(read.text().strip(), switch (read.wrong()) {
            case NOTHING -> Optional.empty();
            case FORMULA -> Optional.of("directory-cell-formula");
            case ERROR, NO_DATE -> Optional.of("directory-cell-error");
            case DATE -> Optional.of("directory-cell-date");
        });
    }

    private static Reading unreadable(String code) {
        return new Reading.Unreadable(Refusal.at("file", code));
    }
}
