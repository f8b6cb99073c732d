package org.heshi.exchange.nodes;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.heshi.directory.Categories;
import org.heshi.exchange.csv.CsvWriter;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Chains;
import org.heshi.matters.Chains.Selection;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters.Evidence;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Matters out of this program: whole, as JSON Lines for another node, or as a table for people. Read in pages by key, so that memory does not
 * grow with the number of matters. The file takes its name only when it is complete. Who acts must be a machine.
 */
@Lazy
@Component
class Exports {

    private static final FileAttribute<?> OWNER_FILE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final int PAGE = 100;
    private static final List<String> LEVELS = List.of("蓝 blue", "黄 yellow", "红 red");
    /** The first heading says what this file is not. No column tells who somebody is. */
    private static final List<String> HEADINGS = List.of("编号 number（仅供阅读，内容不全；交换数据请用 jsonl - for reading, not complete; to exchange data use jsonl）",
            "类别 kind", "状态 state", "结果 outcome", "等级 level", "分类代码 category code", "分类 category", "地点代码 place code", "地点 place",
            "牵头单位 lead", "登记时间 recorded", "最近时间 last entry", "标题 title", "内容 description", "具体地点 where", "答复 answer");

    private final Chains chains;
    private final MatterLog log;
    private final MatterRows rows;
    private final Categories categories;
    private final EvidenceStore evidence;

    Exports(Chains chains, MatterLog log, MatterRows rows, Categories categories, EvidenceStore evidence) {
        this.chains = chains;
        this.log = log;
        this.rows = rows;
        this.categories = categories;
        this.evidence = evidence;
    }

    /**
     * One line of JSON for each matter, as {@link Chains#write} promises, and beside it, in the folder FILE.files, the bytes of every file that they
     * name, each under its id.
     *
     * @return how many
     */
    long jsonLines(Selection selection, Path file, LongConsumer done) throws IOException {
        return complete(file, part -> {
            // people's words: for whoever exports them alone, whatever the machine's default is
            Files.deleteIfExists(part);
            Files.createFile(part, OWNER_FILE);
            try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                return pages(selection, ids -> chains.write(ids, line -> {
                    try {
                        out.write(line);
                        out.write('\n');
                        for (Evidence named : chains.files(line)) {
                            Optional<byte[]> bytes = evidence.bytes(named.id());
                            if (bytes.isPresent()) {
                                Files.createDirectories(filesOf(file), OWNER_FOLDER);
                                Files.write(filesOf(file).resolve(named.id().toString()), bytes.get());
                            }
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }), done);
            }
        });
    }

    /** Where the files of an export lie. */
    static Path filesOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".files");
    }

    /** A table for people, without contacts. @return how many */
    long csv(Selection selection, Path file, LongConsumer done) throws IOException {
        return complete(file, part -> {
            try (CsvWriter out = new CsvWriter(part)) {
                out.row(HEADINGS);
                return pages(selection, ids -> {
                    Map<UUID, MatterLog.Now> now = log.now(new HashSet<>(ids));
                    for (MatterRows.Row row : rows.rows(ids)) {
                        MatterLog.Now matter = now.get(row.id());
                        if (matter != null) {
                            out.row(cells(row, matter));
                        }
                    }
                }, done);
            }
        });
    }

    private List<String> cells(MatterRows.Row row, MatterLog.Now now) {
        return List.of(row.number().shown(), row.kind().zh(), row.state().zh(), now.outcome().orElse(""), LEVELS.get(row.level()),
                now.category().orElse(""), now.category().map(code -> categories.path(code, Locale.SIMPLIFIED_CHINESE)).orElse(""),
                now.division(), row.place(), row.lead().orElse(""), time(row.recordedAt()), time(now.lastAt()), row.title(),
                row.words().getOrDefault("description", ""), row.words().getOrDefault("place-words", ""), row.words().getOrDefault("answer", ""));
    }

    private static String time(Instant instant) {
        return CivilTime.of(instant).toOffsetDateTime().toString();
    }

    private interface Page {
        void write(List<UUID> ids) throws IOException;
    }

    private long pages(Selection selection, Page page, LongConsumer done) throws IOException {
        Optional<UUID> after = Optional.empty();
        long written = 0;
        while (true) {
            List<UUID> ids = chains.ids(selection, after, PAGE);
            if (ids.isEmpty()) {
                return written;
            }
            page.write(ids);
            written += ids.size();
            done.accept(ids.size());
            after = Optional.of(ids.getLast());
        }
    }

    private interface Writing {
        long to(Path part) throws IOException;
    }

    private static long complete(Path file, Writing writing) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            long written = writing.to(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
