package org.heshi.matters.procedure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.Optional;
import org.heshi.kernel.CannotStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes what the files say and keeps every version ever published. When the program starts, a file whose content differs from the
 * newest version of its kind becomes the next version; the matters that began with an older one stay on it.
 */
@Component
class PublishedProcedures implements Procedures {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedProcedures.class);

    /** One publisher at a time, whatever the number of processes on this database. */
    private static final long LOCK = 0x48_65_73_68_69_01L;

    private final Map<String, NavigableMap<Integer, Version>> versions;
    private final List<Procedure> offered;

    /** @param publishedAt when this version came into force */
    record Version(Procedure procedure, Instant publishedAt) {
    }

    private record Row(String kind, int version, byte[] digest, String source, Instant publishedAt) {
    }

    @Autowired
    PublishedProcedures(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, @Value("${heshi.procedures:}") String folder) {
        this(jdbc, transactions, clock, read(folder));
    }

    PublishedProcedures(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, ProcedureSet set) {
        List<Row> rows = transactions.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().singleRow();
            set.kinds().forEach((kind, checked) -> publish(jdbc, clock.instant(), kind, checked.source()));
            return jdbc.sql("select kind, version, digest, source, published_at from matters.procedure order by kind, version")
                    .query((row, _) -> new Row(row.getString(1), row.getInt(2), row.getBytes(3), row.getString(4),
                            row.getObject(5, java.time.OffsetDateTime.class).toInstant()))
                    .list();
        });
        Map<String, NavigableMap<Integer, Version>> read = new LinkedHashMap<>();
        for (Row row : rows == null ? List.<Row>of() : rows) {
            if (!Arrays.equals(row.digest(), digest(row.source()))) {
                throw new IllegalStateException("the text of procedure " + row.kind() + " version " + row.version() + " is not what was published");
            }
            read.computeIfAbsent(row.kind(), _ -> new TreeMap<>())
                    .put(row.version(), new Version(read(set, row), row.publishedAt()));
        }
        versions = Map.copyOf(read);
        offered = set.kinds().keySet().stream().map(this::current).toList();
    }

    private static ProcedureSet read(String folder) {
        try {
            return ProcedureSet.of(ProcedureFolder.files(folder));
        } catch (RefusedProcedures refused) {
            int number = refused.violations().list().size();
            throw CannotStart.wrongSettings(List.of("Heshi does not start: " + (number == 1 ? "one thing is" : number + " things are")
                    + " wrong with the procedure files (docs/procedures.md describes them).", refused.violations().render()));
        }
    }

    /** What the files say need not be read twice. */
    private static Procedure read(ProcedureSet set, Row row) {
        ProcedureSet.Checked checked = set.kinds().get(row.kind());
        return checked != null && checked.source().equals(row.source()) ? checked.as(row.version())
                : ProcedureSet.published(row.kind(), row.version(), row.source());
    }

    private static void publish(JdbcClient jdbc, Instant now, String kind, String source) {
        byte[] digest = digest(source);
        int published = jdbc.sql("""
                insert into matters.procedure (kind, version, digest, source, published_at)
                select :kind, coalesce(max(version), 0) + 1, :digest, :source, :now from matters.procedure where kind = :kind
                having (array_agg(digest order by version desc))[1] is distinct from :digest
                """).param("kind", kind).param("digest", digest).param("source", source).param("now", now.atOffset(ZoneOffset.UTC)).update();
        if (published == 1) {
            LOG.info("Published a new version of the procedure {}", kind);
        }
    }

    static byte[] digest(String source) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Procedure current(String kind) {
        return ofKind(kind).lastEntry().getValue().procedure();
    }

    @Override
    public Procedure version(String kind, int version) {
        return findVersion(kind, version).orElseThrow(() -> new NoSuchElementException("procedure " + kind + " version " + version)).procedure();
    }

    @Override
    public List<Procedure> all() {
        return offered;
    }

    @Override
    public boolean has(String kind) {
        return offered.stream().anyMatch(procedure -> procedure.kind().equals(kind));
    }

    Optional<Version> findVersion(String kind, int version) {
        return Optional.ofNullable(ofKind(kind).get(version));
    }

    /** Every version of a kind, the newest first. */
    List<Version> versions(String kind) {
        return List.copyOf(ofKind(kind).descendingMap().values());
    }

    private NavigableMap<Integer, Version> ofKind(String kind) {
        NavigableMap<Integer, Version> ofKind = versions.get(kind);
        if (ofKind == null) {
            throw new NoSuchElementException("procedure " + kind);
        }
        return ofKind;
    }
}
