package org.heshi.exchange.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * The file of rows that did not go in, beside the input: line, reasons as codes and in words, and how the row begins. It is made when the first
 * such row comes; one that an earlier run left is taken away.
 */
public final class RejectedRows implements AutoCloseable {

    private final Path beside;
    private final MessageSource words;
    private @Nullable CsvWriter out;
    private @Nullable Path file;
    private long rows;

    public RejectedRows(Path input, MessageSource words) throws IOException {
        this.beside = input.resolveSibling(input.getFileName() + ".rejected.csv");
        this.words = words;
        if (Files.isWritable(beside.toAbsolutePath().getParent())) {
            Files.deleteIfExists(beside);
        }
    }

    public void add(long line, List<Refusal> reasons, String start) throws IOException {
        if (out == null) {
            // An input on a read-only medium: the file goes where the command was called.
            file = Files.isWritable(beside.toAbsolutePath().getParent()) ? beside : Path.of("").resolve(beside.getFileName());
            out = new CsvWriter(file);
            out.row(List.of("line 行号", "reason 代码", "说明", "explanation", "begins 原文开头"));
        }
        rows++;
        out.row(List.of(Long.toString(line), reasons.stream().map(RejectedRows::code).collect(Collectors.joining(" ")),
                said(reasons, Locale.SIMPLIFIED_CHINESE, "；"), said(reasons, Locale.ENGLISH, "; "), start));
    }

    public long rows() {
        return rows;
    }

    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    private static String code(Refusal reason) {
        return reason.field().isEmpty() ? reason.code() : reason.field() + ":" + reason.code();
    }

    private String said(List<Refusal> reasons, Locale locale, String between) {
        return reasons.stream().map(reason -> {
            Object[] arguments = reason.arguments().toArray();
            String own = words.getMessage("exchange.rejected." + reason.code(), arguments, "", locale);
            return own == null || own.isEmpty() ? words.getMessage("refusal." + reason.code(), arguments, reason.code(), locale) : own;
        }).collect(Collectors.joining(between));
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
