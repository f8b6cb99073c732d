package org.heshi.attachments.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.picture.Pictures;
import org.heshi.attachments.scan.Clamd;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters.Evidence;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps uploads: a row in the schema, the bytes in the folder. */
@Component
class KeptFiles implements EvidenceStore {

    /** What no entry names is thrown away this long after somebody last used it. */
    static final Duration UNNAMED = Duration.ofDays(1);
    /** A form that was left open longer must choose its files again: the time between is for the log to be read. */
    private static final Duration USABLE = Duration.ofHours(20);

    private static final java.util.Set<String> TYPES = java.util.Set.of("image/jpeg", "image/png");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Pictures pictures;
    private final Clamd clamd;
    private final Folder folder;
    private final InstantSource clock;

    KeptFiles(JdbcClient jdbc, TransactionTemplate transactions, Pictures pictures, Clamd clamd, Folder folder, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.pictures = pictures;
        this.clamd = clamd;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Kept keep(String fileName, long size, InputStream bytes) throws IOException {
        byte[][] sent = new byte[1][];
        return switch (pictures.draw(bytes, size, file -> {
            sent[0] = file;
            return refused(clamd.scan(file));
        })) {
            case Pictures.Drawn.Refused(Refusal refusal) -> new Kept.Refused(refusal);
            case Pictures.Drawn.Done drawn -> new Kept.Done(store(fileName, drawn, Objects.requireNonNull(sent[0])));
        };
    }

    private static Optional<Refusal> refused(Clamd.Verdict verdict) {
        return switch (verdict) {
            case Clamd.Verdict.Clean _ -> Optional.empty();
            case Clamd.Verdict.Malicious(String signature) -> Optional.of(Refusal.of("file-malicious", signature));
            case Clamd.Verdict.Unknown _ -> Optional.of(Refusal.of("file-not-scanned"));
        };
    }

    /** The row comes first: a crash between leaves a row without bytes, which is swept, and never bytes that nobody knows of. */
    private Evidence store(String fileName, Pictures.Drawn.Done drawn, byte[] sent) throws IOException {
        Instant now = clock.instant();
        Evidence evidence = new Evidence(Uuid7.at(now), FileName.of(fileName, drawn.mediaType()), drawn.mediaType(), drawn.bytes().length,
                sha256(drawn.bytes()), sha256(sent));
        transactions.executeWithoutResult(_ -> insert(evidence, drawn.width(), drawn.height(), now, true));
        folder.write(evidence.id(), drawn.bytes(), drawn.thumb());
        folder.writeOriginal(evidence.id(), sent);
        return evidence;
    }

    @Override
    public List<Evidence> kept(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Map<UUID, Evidence> found = transactions.execute(_ -> jdbc.sql("""
                update attachments.file set touched_at = :now
                where id = any (:ids) and not named and touched_at > :usable
                returning id, name, media_type, size, sha256, original
                """)
                .param("ids", ids.toArray(UUID[]::new)).param("now", now.atOffset(ZoneOffset.UTC))
                .param("usable", now.minus(USABLE).atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Evidence(r.getObject("id", UUID.class), r.getString("name"), r.getString("media_type"), r.getLong("size"),
                        r.getString("sha256"), Objects.requireNonNullElse(r.getString("original"), "")))
                .list().stream().collect(Collectors.toMap(Evidence::id, Function.identity())));
        return ids.stream().distinct().filter(found::containsKey).map(found::get).toList();
    }

    @Override
    public Optional<byte[]> bytes(UUID file) throws IOException {
        machineOnly();
        return folder.read(file, false);
    }

    @Override
    public boolean receive(Evidence evidence, byte[] bytes) throws IOException {
        machineOnly();
        if (bytes.length != evidence.size() || !sha256(bytes).equals(evidence.sha256()) || !TYPES.contains(evidence.mediaType())) {
            return false;
        }
        if (!(clamd.scan(bytes) instanceof Clamd.Verdict.Clean)) {
            return false;
        }
        // drawn once more for its measures and the small one; what is kept are the bytes themselves
        if (!(pictures.draw(new ByteArrayInputStream(bytes)) instanceof Pictures.Drawn.Done drawn)) {
            return false;
        }
        int added = Objects.requireNonNull(transactions.execute(_ -> insert(new Evidence(evidence.id(),
                FileName.of(evidence.name(), evidence.mediaType()), evidence.mediaType(), evidence.size(), evidence.sha256(), evidence.original()), drawn.width(),
                drawn.height(), clock.instant(), false)));
        if (added == 0 && !evidence.sha256().equals(transactions.execute(_ -> jdbc.sql("select sha256 from attachments.file where id = ?")
                .param(evidence.id()).query(String.class).single()))) {
            // the id is taken by another file: these bytes are not kept, and nobody is told that they are
            return false;
        }
        if (added == 1 || folder.read(evidence.id(), false).isEmpty()) {
            folder.write(evidence.id(), bytes, drawn.thumb());
        }
        return true;
    }

    private static void machineOnly() {
        if (!(Acting.current() instanceof Actor.Machine)) {
            throw new IllegalStateException("files between nodes are for the program's own tools");
        }
    }

    private int insert(Evidence evidence, int width, int height, Instant now, boolean kept) {
        return jdbc.sql("""
                insert into attachments.file (id, sha256, media_type, size, width, height, name, stored_at, touched_at, original, original_kept)
                values (:id, :sha256, :type, :size, :width, :height, :name, :now, :now, nullif(:original, ''), :kept)
                on conflict (id) do nothing
                """)
                .param("original", evidence.original()).param("kept", kept)
                .param("id", evidence.id()).param("sha256", evidence.sha256()).param("type", evidence.mediaType()).param("size", evidence.size())
                .param("width", width).param("height", height).param("name", evidence.name()).param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
