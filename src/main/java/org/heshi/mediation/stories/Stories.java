package org.heshi.mediation.stories;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Typical cases: what is being written, who consented, and what everybody may read. PostgreSQL lets nothing be published without every consent. */
@Repository
class Stories {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InnerScope inner;

    Stories(JdbcClient jdbc, TransactionTemplate transactions, InnerScope inner) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.inner = inner;
    }

    /** @param published whether everybody reads it now */
    record Story(UUID matter, UUID id, UUID unit, String type, String title, String words, String digest, Instant writtenAt, boolean published, boolean takenDown) {
    }

    /** As everybody reads it: nothing of whose it was. */
    record Published(UUID id, String type, String title, String words, LocalDate day) {
    }

    private static final String STORY = "select s.*, exists (select from mediation.published_story p where p.id = s.id) as published from mediation.story s ";

    Optional<Story> find(UUID matter) {
        return transactions.execute(_ -> jdbc.sql(STORY + "where s.matter = ?").param(matter).query(Stories::story).optional());
    }

    /** The text for a party to whom it is shown before they consent: staff alone read it otherwise. Whoever asks has made sure that it is for them. */
    Optional<Story> toShow(UUID matter) {
        return transactions.execute(_ -> {
            List<Story> found = new ArrayList<>();
            inner.as(SELF, () -> find(matter).ifPresent(found::add));
            return found.stream().findFirst();
        });
    }

    List<Story> ofUnit(UUID unit) {
        return transactions.execute(_ -> jdbc.sql(STORY + "where s.unit = ? order by s.written_at desc, s.matter limit 100").param(unit).query(Stories::story).list());
    }

    /** What a consent names: 40 small hexadecimal digits of this text. */
    static String digest(String title, String words) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest((title + "\n" + words).getBytes(StandardCharsets.UTF_8)), 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes it, or writes it anew: what was published goes, and who consented did so to another text. */
    void write(UUID matter, UUID unit, String type, String title, String words, UUID by, Instant at) {
        transactions.executeWithoutResult(_ -> inner.as(SELF, () -> {
            takeDown(matter, at);
            jdbc.sql("""
                    insert into mediation.story (matter, id, unit, type, title, words, digest, written_at, written_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (matter) do update set type = excluded.type, title = excluded.title, words = excluded.words, digest = excluded.digest, written_at = excluded.written_at,
                      written_by = excluded.written_by
                    """).params(matter, Uuid7.at(at), unit, type, title, words, digest(title, words), at.atOffset(ZoneOffset.UTC), by).update();
        }));
    }

    /** Numbers of the parties that consent to the text as it is now. */
    Set<Integer> consents(UUID matter) {
        return Set.copyOf(transactions.execute(_ -> jdbc.sql("""
                select c.party from mediation.story_consent c join mediation.story s on s.matter = c.matter and s.digest = c.digest where c.matter = ? and c.revoked_at is null
                """).param(matter).query(Integer.class).list()));
    }

    /**
     * Publishes it while nobody may take a consent back: whoever does waits, and takes it down right after.
     *
     * @param needed parties whose consent it needs
     * @return false when one is missing
     */
    boolean publish(UUID matter, Set<Integer> needed, Instant at) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            boolean[] done = {false};
            inner.as(SELF, () -> {
                Set<Integer> consent = Set.copyOf(jdbc.sql("""
                        select c.party from mediation.story_consent c join mediation.story s on s.matter = c.matter and s.digest = c.digest
                        where c.matter = ? and c.revoked_at is null for update
                        """).param(matter).query(Integer.class).list());
                if (needed.isEmpty() || !consent.containsAll(needed)) {
                    return;
                }
                jdbc.sql("update mediation.story set published_at = ?, taken_down_at = null where matter = ?").param(at.atOffset(ZoneOffset.UTC)).param(matter).update();
                done[0] = jdbc.sql("""
                        insert into mediation.published_story (id, type, title, words, day) select id, type, title, words, ?::date from mediation.story where matter = ?
                        on conflict (id) do nothing
                        """).param(CivilTime.dateOf(at).toString()).param(matter).update() > 0;
            });
            return done[0];
        }));
    }

    /** Takes down what is published, within the caller's transaction and as the program. */
    void takeDown(UUID matter, Instant at) {
        int gone = jdbc.sql("delete from mediation.published_story where id = (select id from mediation.story where matter = ?)").param(matter).update();
        if (gone > 0) {
            jdbc.sql("update mediation.story set taken_down_at = ? where matter = ?").param(at.atOffset(ZoneOffset.UTC)).param(matter).update();
        }
    }

    /** @param digest of the text that the party was shown */
    void consented(UUID matter, int party, String digest, Instant at) {
        jdbc.sql("""
                insert into mediation.story_consent (matter, party, digest, at) values (?, ?, ?, ?)
                on conflict (matter, party) do update set digest = excluded.digest, at = excluded.at, revoked_at = null
                """).param(matter).param(party).param(digest).param(at.atOffset(ZoneOffset.UTC)).update();
    }

    void revoked(UUID matter, int party, Instant at) {
        jdbc.sql("update mediation.story_consent set revoked_at = ? where matter = ? and party = ? and revoked_at is null").param(at.atOffset(ZoneOffset.UTC)).param(matter).param(party).update();
    }

    /** Whether anything is written or consented to, for the program itself. */
    boolean any(UUID matter) {
        return jdbc.sql("select exists (select from mediation.story where matter = :m) or exists (select from mediation.story_consent where matter = :m)").param("m", matter)
                .query(Boolean.class).single();
    }

    /** The case goes on: whatever was consented to was the story of one that had come to its end. Within the caller's transaction and as the program. */
    void goesOn(UUID matter, Instant at) {
        takeDown(matter, at);
        jdbc.sql("update mediation.story_consent set digest = '' where matter = ?").param(matter).update();
    }

    void forget(UUID matter) {
        jdbc.sql("delete from mediation.story where matter = ?").param(matter).update();
        jdbc.sql("delete from mediation.story_consent where matter = ?").param(matter).update();
    }

    // ---- what everybody reads

    /** @param typed words that all stand in it; empty for all @param type one of the fifteen; empty for all */
    Page<Published> search(String typed, String type, String after, int size) {
        String[] parts = after.split("\\.", 2);
        Optional<UUID> last = parts.length == 2 && parts[0].matches("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])") ? Ids.find(parts[1]) : Optional.empty();
        List<String> words = java.util.Arrays.stream(typed.split("\\s+")).filter(word -> !word.isEmpty()).limit(5).toList();
        StringBuilder sql = new StringBuilder("select * from mediation.published_story where true");
        if (!type.isEmpty()) {
            sql.append(" and type = :type");
        }
        for (int i = 0; i < words.size(); i++) {
            sql.append(" and (title || ' ' || words) ilike :word").append(i);
        }
        if (last.isPresent()) {
            sql.append(" and day <= to_date(:day, 'YYYY-MM-DD') and (day < to_date(:day, 'YYYY-MM-DD') or id > :id)");
        }
        JdbcClient.StatementSpec asked = jdbc.sql(sql.append(" order by day desc, id limit :limit").toString()).param("type", type).param("limit", size + 1)
                .param("day", last.isPresent() ? parts[0] : "").param("id", last.orElse(new UUID(0, 0)));
        for (int i = 0; i < words.size(); i++) {
            asked = asked.param("word" + i, "%" + words.get(i).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
        }
        JdbcClient.StatementSpec ready = asked;
        return Page.cut(transactions.execute(_ -> ready.query(Stories::published).list()), size, one -> one.day() + "." + one.id());
    }

    Optional<Published> read(UUID id) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.published_story where id = ?").param(id).query(Stories::published).optional());
    }

    private static Published published(ResultSet r, int row) throws SQLException {
        return new Published(r.getObject("id", UUID.class), r.getString("type"), r.getString("title"), r.getString("words"), r.getObject("day", LocalDate.class));
    }

    private static Story story(ResultSet r, int row) throws SQLException {
        return new Story(r.getObject("matter", UUID.class), r.getObject("id", UUID.class), r.getObject("unit", UUID.class), r.getString("type"), r.getString("title"),
                r.getString("words"), r.getString("digest"), r.getObject("written_at", OffsetDateTime.class).toInstant(), r.getBoolean("published"), r.getObject("taken_down_at") != null);
    }
}
