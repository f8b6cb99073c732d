package org.heshi.exchange.csv;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV by RFC 4180 (commas, double quotes, line breaks inside quotes; CRLF or LF) and goes on after a faulty record: it takes up again
 * on the next physical line, so that a quote that never closes costs one row and not the rest of the file. Memory does not grow with the file.
 */
public final class CsvReader implements Closeable {

    /** A record over more lines than this is one whose quote never closes. */
    static final int MOST_LINES = 2_000;
    /** Likewise over more characters. */
    static final int MOST_CHARACTERS = 2_000_000;
    private static final int START_SHOWN = 120;

    private final InputStream in;
    private final Charset charset;
    private final Lines lines;
    private final Deque<String> ahead = new ArrayDeque<>();
    private long next = 1;
    private int columns;

    private CsvReader(InputStream in, Charset charset) {
        this.in = in;
        this.charset = charset;
        this.lines = new Lines(in);
    }

    public static CsvReader open(Path file, Charset charset) throws IOException {
        return new CsvReader(new BufferedInputStream(Files.newInputStream(file)), charset);
    }

    public static CsvReader of(InputStream in, Charset charset) {
        return new CsvReader(in, charset);
    }

    /** From now on a record with another number of fields is a faulty one: most often a quote has swallowed what follows it. */
    public void expect(int columns) {
        this.columns = columns;
    }

    /** The next record; empty at the end. Empty lines between records are passed over. */
    public Optional<CsvRow> next() throws IOException {
        while (true) {
            Optional<String> first = line(0);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            if (!first.get().isBlank()) {
                return Optional.of(read());
            }
            consume(1);
        }
    }

    private CsvRow read() throws IOException {
        long begins = next;
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int used = 1;
        int characters = 0;
        String text = line(0).orElseThrow();
        if (broken(text)) {
            consume(1);
            return new CsvRow.Bad(begins, CsvRow.Fault.ENCODING, start(text.substring(1)));
        }
        boolean quoted = false;
        boolean closed = false;
        int i = 0;
        while (true) {
            if (i == text.length()) {
                if (!quoted) {
                    fields.add(field.toString());
                    if (columns > 0 && fields.size() != columns) {
                        return bad(begins, CsvRow.Fault.COLUMNS);
                    }
                    consume(used);
                    return new CsvRow.Good(begins, fields);
                }
                characters += text.length();
                Optional<String> more = used < MOST_LINES && characters < MOST_CHARACTERS ? line(used) : Optional.empty();
                if (more.isEmpty()) {
                    return bad(begins, CsvRow.Fault.UNCLOSED_QUOTE);
                }
                if (broken(more.get())) {
                    consume(used + 1);
                    return new CsvRow.Bad(begins + used, CsvRow.Fault.ENCODING, start(more.get().substring(1)));
                }
                text = more.get();
                used++;
                i = 0;
                continue;
            }
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                    i++;
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i += 2;
                } else {
                    quoted = false;
                    closed = true;
                    i++;
                }
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
                closed = false;
                i++;
            } else if (c == '\n' || c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                i = text.length();
            } else if (closed) {
                return bad(begins, CsvRow.Fault.STRAY_QUOTE);
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
                i++;
            } else {
                field.append(c);
                i++;
            }
        }
    }

    private CsvRow bad(long begins, CsvRow.Fault fault) throws IOException {
        String start = start(line(0).orElseThrow());
        consume(1);
        return new CsvRow.Bad(begins, fault, start);
    }

    private static String start(String text) {
        String stripped = text.strip();
        int end = Math.min(stripped.length(), START_SHOWN);
        return stripped.substring(0, end < stripped.length() && Character.isHighSurrogate(stripped.charAt(end - 1)) ? end - 1 : end);
    }

    private void consume(int lines) {
        for (int i = 0; i < lines; i++) {
            ahead.removeFirst();
            next++;
        }
    }

    /** A line that is no text in the file's encoding carries U+FFFF, which no text has, before what could be read of it. */
    private static boolean broken(String line) {
        return line.startsWith("\uFFFF");
    }

    private Optional<String> line(int index) throws IOException {
        while (ahead.size() <= index) {
            Optional<byte[]> bytes = lines.next();
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            String text = Encoding.decode(bytes.get(), charset).orElseGet(() -> "\uFFFF" + new String(bytes.get(), charset));
            if (next == 1 && ahead.isEmpty() && charset.equals(StandardCharsets.UTF_8) && text.startsWith("\uFEFF")) {
                text = text.substring(1);
            }
            ahead.addLast(text);
        }
        if (index == 0) {
            return Optional.of(ahead.peekFirst());
        }
        if (index == ahead.size() - 1) {
            return Optional.of(ahead.peekLast());
        }
        return ahead.stream().skip(index).findFirst();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
