package org.heshi.matters.mine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Contact;
import org.heshi.matters.ResidentCodes;
import org.heshi.matters.code.CodeKeeper;
import org.heshi.matters.log.Digests;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Accounts of residents. A code goes to whatever number or address is typed, and the first right one makes the account: nothing that is asked or
 * answered before tells a known one from an unknown one. A code belongs to the browser that asked for it, so that nobody uses up another's tries.
 */
@Repository
class ResidentAccounts {

    static final Duration CODE_LIVES = Duration.ofMinutes(10);
    static final int MOST = 50;
    private static final int TRIES = 5;
    private static final int DIGITS = 1_000_000;
    private static final int UNUSED_DAYS = 365;
    private static final Actor SELF = new Actor.Machine("accounts");

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final CodeKeeper keys;
    private final ResidentCodes codes;
    private final InstantSource clock;

    ResidentAccounts(JdbcClient jdbc, TransactionTemplate transactions, CodeKeeper keys, ResidentCodes codes, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.keys = keys;
        this.codes = codes;
        this.clock = clock;
    }

    /**
     * A code that waits to be typed.
     *
     * @param ticket what the browser keeps
     * @param code   six digits, to be sent
     */
    record Asked(String ticket, String code) {

        @Override
        public String toString() {
            return "Asked[]";
        }
    }

    /** A matter of an account, as which party of it. */
    record Kept(Actor.Resident whose) {
    }

    /** Makes a code for this contact. @param worthless one that opens nothing: no more may be sent, and nobody shall see that */
    Asked ask(Contact contact, boolean worthless) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String code = "%06d".formatted(random.nextInt(DIGITS));
        byte[] kept = digest(ticket, code);
        if (worthless) {
            random.nextBytes(kept);
        }
        inside(() -> jdbc.sql("insert into matters.resident_code (ticket, contact, code, expires_at) values (?, ?, ?, ?)")
                .param(ticketDigest(ticket)).param(keys.keyed("contact", contact.way() + ":" + contact.address())).param(kept)
                .param(at(clock.instant().plus(CODE_LIVES))).update());
        return new Asked(ticket, code);
    }

    /** The account of a right code, made if there is none; a code opens once. Wrong, too late and tried too often are the same answer. */
    Optional<UUID> open(String ticket, String typed) {
        record Waiting(byte[] contact, byte[] code) {
        }
        Instant now = clock.instant();
        // Counted first, and for good: many tries at once are as few as the same tries one after the other.
        Optional<Waiting> waiting = inside(() -> jdbc.sql("""
                update matters.resident_code set tries = tries + 1 where ticket = ? and tries < ? and expires_at > ? returning contact, code""")
                .param(ticketDigest(ticket)).param(TRIES).param(at(now)).query((r, _) -> new Waiting(r.getBytes(1), r.getBytes(2))).optional());
        boolean right = MessageDigest.isEqual(digest(ticket, digits(typed)), waiting.map(Waiting::code).orElse(Digests.NOTHING));
        if (!right || waiting.isEmpty()) {
            return Optional.empty();
        }
        return inside(() -> {
            int mine = jdbc.sql("delete from matters.resident_code where ticket = ?").param(ticketDigest(ticket)).update();
            return mine == 0 ? Optional.<UUID>empty() : Optional.of(jdbc.sql("""
                    insert into matters.resident_account (id, contact, made_at, used_on) values (:id, :contact, :now, :today)
                    on conflict (contact) do update set used_on = excluded.used_on returning id""")
                    .param("id", Uuid7.at(now)).param("contact", waiting.get().contact()).param("now", at(now)).param("today", CivilTime.dateOf(now))
                    .query(UUID.class).single());
        });
    }

    /** Whether the account is there and a visit that began then has not been ended. */
    boolean runs(UUID account, Instant since) {
        return inside(() -> jdbc.sql("select exists (select from matters.resident_account where id = ? and (ended_before is null or ended_before < ?))")
                .param(account).param(at(since)).query(Boolean.class).single());
    }

    /** What stands in the account, the newest first; not what got another code since: whoever has that one adds it again. */
    List<Kept> matters(UUID account) {
        record Row(Actor.Resident whose, byte[] mark) {
        }
        List<Row> rows = inside(() -> jdbc.sql("select matter, party, mark from matters.resident_matter where account = ? order by matter desc")
                .param(account).query((r, _) -> new Row(new Actor.Resident(r.getObject(1, UUID.class), r.getInt(2)), r.getBytes(3))).list());
        Map<Boolean, List<Row>> fitting = rows.stream()
                .collect(Collectors.partitioningBy(row -> codes.mark(row.whose()).filter(mark -> MessageDigest.isEqual(mark, row.mark())).isPresent()));
        if (!fitting.get(false).isEmpty()) {
            // what no longer fits would for ever take a place; added again meanwhile it has another mark and stays
            inside(() -> fitting.get(false).stream().mapToInt(row -> jdbc.sql("delete from matters.resident_matter where account = ? and matter = ? and mark = ?")
                    .param(account).param(row.whose().matter()).param(row.mark()).update()).sum());
        }
        return fitting.get(true).stream().map(row -> new Kept(row.whose())).toList();
    }

    /** Whether a matter's words are gone for good: nobody keeps it then. */
    boolean erased(UUID matter) {
        return inside(() -> jdbc.sql("select exists (select from matters.matter where id = ? and erased_at is not null)").param(matter).query(Boolean.class).single());
    }

    /** Adds a matter whose number and code were right; false when the account is full. */
    boolean add(UUID account, Actor.Resident whose) {
        matters(account);
        Optional<byte[]> mark = codes.mark(whose);
        return mark.isPresent() && inside(() -> {
            // one at a time for an account, so that it never holds more than it may
            jdbc.sql("select 1 from matters.resident_account where id = ? for update").param(account).query(Integer.class).optional();
            jdbc.sql("delete from matters.resident_matter where account = ? and matter = ?").param(account).param(whose.matter()).update();
            return jdbc.sql("""
                    insert into matters.resident_matter (account, matter, party, mark, added_at)
                    select a.id, :matter, :party, :mark, :now from matters.resident_account a
                    where a.id = :account and (select count(*) from matters.resident_matter m where m.account = a.id) < :most""")
                    .param("matter", whose.matter()).param("party", whose.party()).param("mark", mark.get()).param("now", at(clock.instant()))
                    .param("account", account).param("most", MOST).update() == 1;
        });
    }

    void remove(UUID account, UUID matter) {
        inside(() -> jdbc.sql("delete from matters.resident_matter where account = ? and matter = ?").param(account).param(matter).update());
    }

    /** Nobody keeps it any more. */
    void forgetMatter(UUID matter) {
        inside(() -> jdbc.sql("delete from matters.resident_matter where matter = ?").param(matter).update());
    }

    /** Ends every visit that began before now. */
    void endVisits(UUID account) {
        inside(() -> jdbc.sql("update matters.resident_account set ended_before = ? where id = ?").param(at(clock.instant())).param(account).update());
    }

    /** Nothing of the account is left. The matters stay as they are. */
    void delete(UUID account) {
        inside(() -> jdbc.sql("delete from matters.resident_account where id = ?").param(account).update());
    }

    /** Forgets codes that are too old, and accounts that nobody used for a year. */
    void forget() {
        Instant now = clock.instant();
        inside(() -> jdbc.sql("delete from matters.resident_code where expires_at < ?").param(at(now)).update()
                + jdbc.sql("delete from matters.resident_account where used_on < ?").param(CivilTime.dateOf(now).minusDays(UNUSED_DAYS)).update());
    }

    private byte[] digest(String ticket, String code) {
        return keys.keyed("one-time", ticket + "\0" + code);
    }

    private static byte[] ticketDigest(String ticket) {
        return Digests.of(ticket.getBytes(StandardCharsets.UTF_8));
    }

    /** What people put between digits, and digits of full width, are no mistakes. */
    static String digits(String typed) {
        StringBuilder digits = new StringBuilder();
        typed.chars().limit(64).filter(Character::isDigit).forEach(c -> digits.append(Character.digit(c, 10)));
        return digits.toString();
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> work.get())));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
