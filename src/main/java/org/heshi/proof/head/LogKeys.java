package org.heshi.proof.head;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CannotStart;
import org.heshi.proof.note.Note;
import org.heshi.proof.note.SigningKey;
import org.heshi.proof.note.VerifyingKey;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The key that signs, in a file beside the database, and the public halves of all that ever signed. A new key is taken into use by a statement that the
 * old one signs, so that whoever trusts the first can follow to the last.
 */
@Component
@EnableConfigurationProperties(ProofSettings.class)
public class LogKeys {

    private static final Set<PosixFilePermission> OURS = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final String name;
    private final Path file;
    private @Nullable SigningKey read;
    private @Nullable FileTime readOf;

    LogKeys(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, ProofSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.name = settings.name();
        this.file = settings.key().toAbsolutePath();
    }

    /**
     * A key that signed.
     *
     * @param statement the note by which it was taken into use
     */
    public record Known(VerifyingKey key, Instant since, String statement) {
    }

    /** All that ever signed, the first one first. */
    public List<Known> known() {
        return jdbc.sql("select name, public, since, statement from proof.key order by seq").query((r, _) -> new Known(
                new VerifyingKey(r.getString("name"), r.getBytes("public")), r.getObject("since", OffsetDateTime.class).toInstant(),
                r.getString("statement"))).list();
    }

    /**
     * The key that signs now.
     *
     * @throws CannotStart when its file is lost, damaged, another one's or open to others; says what to do
     */
    public synchronized SigningKey signing() {
        try {
            if (Files.exists(file) && read != null && Files.getLastModifiedTime(file).equals(readOf)) {
                return read;
            }
            return Objects.requireNonNull(Acting.as(new Actor.Machine("proof"), () -> transactions.execute(_ -> {
                try {
                    return load();
                } catch (IOException e) {
                    throw CannotStart.because("The key of the log cannot be read: " + file, e);
                }
            })));
        } catch (IOException e) {
            throw CannotStart.because("The key of the log cannot be read: " + file, e);
        }
    }

    private SigningKey load() throws IOException {
        lock();
        List<Known> known = known();
        Optional<VerifyingKey> newest = known.isEmpty() ? Optional.empty() : Optional.of(known.getLast().key());
        Path next = next();
        if (newest.isPresent() && Files.exists(next) && parsed(next).filter(key -> key.verifier().equals(newest.get())).isPresent()) {
            // a renewal was stopped after the statement was kept
            move(next);
        }
        if (!Files.exists(file)) {
            if (newest.isPresent()) {
                throw CannotStart.because("The key of the log is lost: put " + file + " back from the backup, or, if nobody has it any more, begin a new one with"
                        + " ./heshi log-key --lost; everybody will see that it is not endorsed by the old one");
            }
            SigningKey fresh = SigningKey.fresh(name);
            write(file, fresh);
        }
        SigningKey key = parsed(file).orElseThrow(() -> CannotStart.because("The key of the log is damaged: put " + file + " back from the backup."));
        if (newest.isEmpty()) {
            take(key, 1, Optional.empty());
        } else if (!newest.get().equals(key.verifier())) {
            throw CannotStart.because("The key in " + file + " is " + key.verifier().shownId() + " and not the one that signed last, " + newest.get().shownId()
                    + ": put that one back, or give a new one with ./heshi log-key --lost");
        }
        read = key;
        readOf = Files.getLastModifiedTime(file);
        return key;
    }

    /**
     * Takes a new key into use.
     *
     * @param lost the old one is gone and cannot endorse it
     */
    public synchronized VerifyingKey renew(boolean lost) {
        Optional<SigningKey> old = lost ? Optional.empty() : Optional.of(signing());
        VerifyingKey renewed = Objects.requireNonNull(Acting.as(new Actor.Machine("proof"), () -> transactions.execute(_ -> {
            try {
                lock();
                SigningKey fresh = SigningKey.fresh(name);
                write(next(), fresh);
                take(fresh, known().size() + 1, old);
                return fresh.verifier();
            } catch (IOException e) {
                throw new IllegalStateException("the new key of the log cannot be written beside " + file, e);
            }
        })));
        // now that its statement is kept, its file takes the place of the old one's
        read = null;
        signing();
        return renewed;
    }

    private void take(SigningKey key, int seq, Optional<SigningKey> old) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String text = "heshi log key v1\n" + name + "\nkey " + key.verifier() + "\ntime " + now + "\n"
                + old.map(before -> "after " + before.verifier().shownId() + "\n").orElse(seq == 1 ? "first\n" : "the one before is lost\n");
        jdbc.sql("insert into proof.key (id, seq, name, public, since, statement) values (?, ?, ?, ?, ?, ?)").param(key.verifier().shownId()).param(seq)
                .param(key.verifier().name()).param(key.verifier().bytes()).param(now.atOffset(ZoneOffset.UTC))
                .param(Note.signed(text, old.orElse(key)).toString()).update();
    }

    /** One process at a time makes a key or looks for one. */
    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('proof.key', 0))").query(r -> { });
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static Optional<SigningKey> parsed(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OURS.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            throw CannotStart.because("The key of the log is open to other users: if nobody else can have read it, chmod 600 " + file + "; otherwise renew it too, with ./heshi log-key --renew");
        }
        return SigningKey.parse(Files.readString(file));
    }

    private static void write(Path file, SigningKey key) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OURS))) {
            channel.write(ByteBuffer.wrap(key.written().getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private void move(Path next) throws IOException {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
