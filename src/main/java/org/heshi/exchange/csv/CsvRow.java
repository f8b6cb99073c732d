package org.heshi.exchange.csv;

import java.util.List;

/** A record of a CSV file, or why there is none. Lines are counted from 1 as an editor shows them. */
public sealed interface CsvRow {

    /** The physical line on which it begins. */
    long line();

    record Good(long line, List<String> fields) implements CsvRow {

        public Good {
            fields = List.copyOf(fields);
        }
    }

    /** @param start the beginning of the line as far as it can be read, to recognise it by */
    record Bad(long line, Fault fault, String start) implements CsvRow {
    }

    enum Fault {
        /** The line has bytes that are no text in the file's encoding. */
        ENCODING,
        /** A quote that opens on this line never closes, or only after more lines than any message has. */
        UNCLOSED_QUOTE,
        /** Something stands between a closing quote and the next comma. */
        STRAY_QUOTE,
        /** It has more or fewer fields than the heading. */
        COLUMNS
    }
}
