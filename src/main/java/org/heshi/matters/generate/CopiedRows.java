package org.heshi.matters.generate;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.heshi.matters.log.Digests;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in PostgreSQL's text format, on their way into a table by COPY. */
final class CopiedRows {

    private final CopyIn copy;
    private final StringBuilder buffer = new StringBuilder(1 << 16);

    private CopiedRows(CopyIn copy) {
        this.copy = copy;
    }

    interface Line<T> {
        void write(T one, CopiedRows rows) throws SQLException;
    }

    /** @param into table and columns */
    static <T> void copy(Connection owner, String into, List<T> chunk, Line<T> line) throws SQLException {
        CopyIn copy = owner.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + into + " from stdin");
        try {
            CopiedRows rows = new CopiedRows(copy);
            for (T one : chunk) {
                line.write(one, rows);
            }
            rows.flush();
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** One row. A list is an array of plain words. */
    void add(Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                buffer.append('\t');
            }
            switch (values[i]) {
                case null -> buffer.append("\\N");
                case byte[] bytes -> buffer.append("\\\\x").append(Digests.hex(bytes));
                case Boolean b -> buffer.append(b ? 't' : 'f');
                case String s -> buffer.append(s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r"));
                case List<?> words -> buffer.append(words.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
                default -> buffer.append(values[i]);
            }
        }
        buffer.append('\n');
        if (buffer.length() > 60_000) {
            flush();
        }
    }

    private void flush() throws SQLException {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }
}
