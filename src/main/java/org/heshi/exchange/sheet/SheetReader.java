package org.heshi.exchange.sheet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.XlsxCell;
import org.heshi.kernel.XlsxInspection;
import org.heshi.kernel.XlsxInspection.Unreadable;
import org.jspecify.annotations.Nullable;

/** One row after the other of the sheet of matters; what was read is held no longer. Nothing in it is evaluated: a formula is a fault of its cell. */
final class SheetReader implements AutoCloseable {

    static final XlsxInspection.Most MOST = new XlsxInspection.Most(2L * 1024 * 1024 * 1024, 128L * 1024 * 1024, 1_000);
    private static final List<String> NAMES = List.of("事项", "Matters");

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final XlsxInspection inspection;
    private final String sheet;
    private final long count;
    private final boolean english;

    private SheetReader(ReadableWorkbook workbook, Sheet sheet, XlsxInspection inspection) throws IOException {
        this.workbook = workbook;
        this.stream = sheet.openStream();
        this.rows = stream.iterator();
        this.inspection = inspection;
        this.sheet = sheet.getName();
        this.count = Math.max(0, inspection.rows().getOrDefault(sheet.getName(), 0L) - 1);
        boolean inEnglish = false;
        if (rows.hasNext()) {
            for (Cell cell : rows.next()) {
                if (cell != null && cell.getType() == CellType.STRING) {
                    Optional<Column> column = Column.of(cell.asString());
                    column.ifPresent(known -> places.putIfAbsent(known, cell.getColumnIndex()));
                    inEnglish |= column.filter(known -> known.in(true).equalsIgnoreCase(cell.asString().strip())).isPresent();
                }
            }
        }
        this.english = inEnglish;
    }

    /** @throws Unreadable when it is no such workbook, or has no such sheet */
    static SheetReader open(Path file) throws IOException {
        XlsxInspection inspection = XlsxInspection.of(file, MOST);
        ReadableWorkbook workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        try {
            List<Sheet> sheets;
            try (Stream<Sheet> all = workbook.getSheets()) {
                sheets = all.toList();
            }
            Sheet sheet = sheets.stream().filter(one -> NAMES.stream().anyMatch(name -> name.equalsIgnoreCase(one.getName().strip()))).findFirst().orElse(sheets.getFirst());
            SheetReader reader = new SheetReader(workbook, sheet, inspection);
            if (java.util.Arrays.stream(Column.values()).anyMatch(column -> column.needed() && !reader.places.containsKey(column))) {
                throw new Unreadable("wrong-sheet");
            }
            return reader;
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e instanceof Unreadable known ? known : new Unreadable("broken");
        }
    }

    /** How many rows there are below the heading. */
    long count() {
        return count;
    }

    boolean english() {
        return english;
    }

    /** Columns that are there, in the order of the sheet. */
    List<Column> columns() {
        return places.entrySet().stream().sorted(Map.Entry.comparingByValue()).map(Map.Entry::getKey).toList();
    }

    /** The next row with anything in it; empty at the end. @throws Unreadable when the rest cannot be read */
    Optional<Line> next() throws IOException {
        try {
            while (rows.hasNext()) {
                Line line = line(rows.next());
                if (!line.blank()) {
                    return Optional.of(line);
                }
            }
            return Optional.empty();
        } catch (ExcelReaderException | IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
            throw new Unreadable("broken");
        }
    }

    private Line line(Row row) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        List<Refusal> troubles = new ArrayList<>();
        places.forEach((column, place) -> {
            String text = text(row.getOptionalCell(place).orElse(null), column, row.getRowNum(), troubles);
            if (!text.isBlank()) {
                cells.put(column, text.strip());
            }
        });
        int number = row.getRowNum() - 1;
        List<int[]> merged = inspection.merged(sheet, number);
        places.forEach((column, place) -> XlsxInspection.merged(merged, place).ifPresent(which -> troubles.add(Refusal.at(column.name(), "sheet-merged", which))));
        return new Line(row.getRowNum(), cells, troubles);
    }

    private static String text(@Nullable Cell cell, Column column, int row, List<Refusal> troubles) {
        XlsxCell read = XlsxCell.of(cell, column.time());
        String code = switch (read.wrong()) {
            case NOTHING -> "";
            case FORMULA -> "sheet-formula";
            case ERROR -> "sheet-error";
            case NO_DATE -> "sheet-no-date";
            case DATE -> "sheet-date";
        };
        if (!code.isEmpty()) {
            troubles.add(Refusal.at(column.name(), code, XlsxCell.reference(row - 1, cell.getColumnIndex())));
        }
        return read.text();
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
