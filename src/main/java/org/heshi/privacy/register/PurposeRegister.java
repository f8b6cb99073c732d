package org.heshi.privacy.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.Swept;
import org.heshi.matters.MatterRows;
import org.heshi.matters.PersonalFields;
import org.heshi.matters.PrivacyNotice;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The register that holds now. Read when the program starts; what the procedures ask and it does not name lets the program refuse to start. A text
 * that differs from the newest version is published as the next one, and each version stays readable: people were shown it.
 */
@Component
public class PurposeRegister implements PrivacyNotice {

    /** One publisher at a time, whatever the number of processes on this database. */
    private static final long LOCK = 0x48_65_73_68_69_02L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Register register;
    private final int version;

    @Autowired
    PurposeRegister(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, PersonalFields fields, MatterRows matters, List<Swept> swept,
            @Value("${heshi.register:}") String file) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        String text = text(file);
        List<String> problems = new ArrayList<>();
        register = RegisterFile.read(text, problems);
        if (problems.isEmpty()) {
            check(register, fields.all(), matters.kinds(), swept.stream().map(Swept::what).collect(Collectors.toSet()), problems);
        }
        if (!problems.isEmpty()) {
            problems.addFirst("Heshi does not start: the register of personal data" + (file.isBlank() ? "" : " in " + file) + " is not whole (docs/operations.md describes it).");
            throw CannotStart.wrongSettings(problems);
        }
        version = publish(text, clock.instant());
    }

    private static String text(String file) {
        try {
            return file.isBlank() ? new ClassPathResource("privacy/register.yaml").getContentAsString(StandardCharsets.UTF_8) : Files.readString(Path.of(file.strip()));
        } catch (IOException e) {
            if (file.isBlank()) {
                throw new UncheckedIOException(e);
            }
            throw CannotStart.wrongSettings(List.of("HESHI_REGISTER: " + file + " cannot be read: " + e.getMessage()));
        }
    }

    /** What the program holds and the register does not say, and the other way round. */
    static void check(Register register, List<PersonalFields.PersonalField> fields, List<MatterRows.Kind> kinds, Set<String> swept, List<String> problems) {
        Set<String> named = register.purposes().stream().flatMap(purpose -> purpose.fields().stream()).collect(Collectors.toSet());
        fields.stream().filter(field -> !named.contains(field.name()) && !named.contains(field.kind() + "." + field.name()))
                .map(field -> "the procedure " + field.kind() + " asks for '" + field.name() + "' (" + field.label().en() + "), and no purpose names it").distinct().forEach(problems::add);
        Set<String> codes = kinds.stream().map(MatterRows.Kind::code).collect(Collectors.toSet());
        register.kinds().keySet().stream().filter(kind -> !codes.contains(kind)).forEach(kind -> problems.add("retention.kinds names '" + kind + "', which is no kind of matter"));
        Set<String> outcomes = kinds.stream().flatMap(kind -> kind.outcomes().keySet().stream().map(outcome -> kind.code() + "." + outcome)).collect(Collectors.toSet());
        register.outcomes().keySet().stream().filter(outcome -> !outcomes.contains(outcome))
                .forEach(outcome -> problems.add("retention.outcomes names '" + outcome + "', which is no outcome of a kind"));
        swept.stream().filter(what -> !register.records().containsKey(what)).forEach(what -> problems.add("retention.records does not say how long '" + what + "' is kept"));
        register.records().keySet().stream().filter(what -> !swept.contains(what)).forEach(what -> problems.add("retention.records names '" + what + "', which this program does not hold"));
    }

    private int publish(String text, Instant now) {
        byte[] digest = digest(text);
        return Objects.requireNonNull(transactions.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().singleRow();
            // version 1 was the notice before there was a register
            jdbc.sql("""
                    insert into privacy.notice (version, digest, source, published_at)
                    select coalesce(max(version), 1) + 1, :digest, :source, :now from privacy.notice
                    having (array_agg(digest order by version desc))[1] is distinct from :digest
                    """).param("digest", digest).param("source", text).param("now", now.atOffset(ZoneOffset.UTC)).update();
            return jdbc.sql("select max(version) from privacy.notice").query(Integer.class).single();
        }));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The one that holds now. */
    public Register now() {
        return register;
    }

    @Override
    public int version() {
        return version;
    }

    record Published(int version, Register register, Instant publishedAt) {
    }

    /** As it was shown then. */
    Optional<Published> published(int asked) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select version, source, published_at from privacy.notice where version = ?").param(asked)
                .query((r, _) -> new Published(r.getInt("version"), RegisterFile.read(r.getString("source"), new ArrayList<>()),
                        r.getObject("published_at", OffsetDateTime.class).toInstant())).optional()));
    }
}
