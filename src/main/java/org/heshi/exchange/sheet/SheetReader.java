package org.heshi.exchange.sheet;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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
import org.heshi.exchange.sheet.Inspection.Unreadable;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** One row after the other of the sheet of matters; what was read is held no longer. Nothing in it is evaluated: a formula is a fault of its cell. */
final class SheetReader implements AutoCloseable {

    /** A spreadsheet keeps fifteen. */
    private static final int DIGITS = 40;
    private static final List<String> NAMES = List.of("事项", "Matters");

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final List<int[]> merges;
    private final long count;
    private final boolean english;

    private SheetReader(ReadableWorkbook workbook, Sheet sheet, Inspection inspection) throws IOException {
        this.workbook = workbook;
        this.stream = sheet.openStream();
        this.rows = stream.iterator();
        this.merges = inspection.merges().getOrDefault(sheet.getName(), List.of());
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
        Inspection inspection = Inspection.of(file);
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
        for (int[] merged : merges) {
            if (merged[0] <= number && number <= merged[1]) {
                places.entrySet().stream().filter(place -> merged[2] <= place.getValue() && place.getValue() <= merged[3]).findFirst()
                        .ifPresent(place -> troubles.add(Refusal.at(place.getKey().name(), "sheet-merged", reference(merged[0], merged[2]) + ":" + reference(merged[1], merged[3]))));
            }
        }
        return new Line(row.getRowNum(), cells, troubles);
    }

    private static String text(@Nullable Cell cell, Column column, int row, List<Refusal> troubles) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        String where = reference(row - 1, cell.getColumnIndex());
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            troubles.add(Refusal.at(column.name(), "sheet-formula", where));
            return "";
        }
        return switch (cell.getType()) {
            case STRING -> cell.asString();
            case NUMBER -> number(cell, column, where, troubles);
            case BOOLEAN -> String.valueOf(cell.getRawValue());
            case FORMULA, ERROR, EMPTY -> {
                troubles.add(Refusal.at(column.name(), "sheet-error", where));
                yield "";
            }
        };
    }

    /** A time is kept as a number with the form of a date; elsewhere a number is its digits: 330681, not 330681.0. */
    private static String number(Cell cell, Column column, String where, List<Refusal> troubles) {
        if (!column.time()) {
            BigDecimal number = new BigDecimal(cell.getRawValue());
            if (number.precision() > DIGITS || Math.abs(number.scale()) > DIGITS) {
                // written out it would be as long as it says it is
                troubles.add(Refusal.at(column.name(), "sheet-error", where));
                return "";
            }
            return number.stripTrailingZeros().toPlainString();
        }
        String form = String.valueOf(cell.getDataFormatString()).toLowerCase(Locale.ROOT);
        BigDecimal days = cell.asNumber();
        if (!(form.contains("y") || form.contains("年") || form.contains("d") && form.contains("m")) || days.signum() <= 0 || days.compareTo(BigDecimal.valueOf(200_000)) > 0) {
            troubles.add(Refusal.at(column.name(), "sheet-no-date", where));
            return "";
        }
        return cell.asDate().withNano(0).toString();
    }

    /** As people call a cell: B3. */
    private static String reference(int row, int column) {
        StringBuilder letters = new StringBuilder();
        for (int left = column + 1; left > 0; left = (left - 1) / 26) {
            letters.insert(0, (char) ('A' + (left - 1) % 26));
        }
        return letters.append(row + 1).toString();
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
