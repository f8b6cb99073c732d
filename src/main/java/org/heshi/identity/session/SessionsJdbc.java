package org.heshi.identity.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions in PostgreSQL, so that every process knows them, a restart loses none and a person can be signed out everywhere. The cookie's
 * value is kept as a digest. A visit costs one read; its time is saved at most once a minute (decision 10).
 */
@Repository
class SessionsJdbc implements SessionRepository<KeptSession>, Visits {

    private static final Logger LOG = LoggerFactory.getLogger(SessionsJdbc.class);
    private static final Actor SELF = new Actor.Machine("identity");
    private static final Duration IDLE = Duration.ofHours(2);
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);
    private static final int SWEPT_AT_ONCE = 2000;
    /** A page holds no more; nobody sits at so many. */
    private static final int LISTED = 100;
    /** What may come back out of a row: plain values, our own records and the frameworks' containers of them. */
    private static final ObjectInputFilter OURS = ObjectInputFilter.Config.createFilter(
            "maxbytes=262144;maxdepth=20;java.base/*;org.heshi.**;org.springframework.security.**;org.springframework.web.servlet.**;"
                    + "org.springframework.util.**;!*");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    SessionsJdbc(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Row(Instant createdAt, Instant seenAt, int idleSeconds, byte[] attributes) {
    }

    @Override
    public KeptSession createSession() {
        MapSession content = new MapSession();
        content.setCreationTime(clock.instant());
        content.setLastAccessedTime(clock.instant());
        content.setMaxInactiveInterval(IDLE);
        return new KeptSession(content, true);
    }

    /** The framework asks twice in a request, the second time only whether it is still there. A request has a virtual thread of its own. */
    private record Found(String id, KeptSession session) {
    }

    private final ThreadLocal<Found> found = new ThreadLocal<>();

    @Override
    public @Nullable KeptSession findById(String id) {
        Found before = found.get();
        if (before != null && before.id().equals(id)) {
            return before.session();
        }
        KeptSession session = open(id);
        if (session != null && Thread.currentThread().isVirtual()) {
            found.set(new Found(id, session));
        }
        return session;
    }

    private @Nullable KeptSession open(String id) {
        Optional<Row> found = jdbc.sql("select created_at, seen_at, idle_seconds, attributes from identity.open_session(?, ?)")
                .param(digest(id)).param(at(clock.instant()))
                .query((row, _) -> new Row(row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getInt(3), row.getBytes(4)))
                .optional();
        if (found.isEmpty()) {
            return null;
        }
        Row row = found.get();
        MapSession content = new MapSession(id);
        content.setCreationTime(row.createdAt());
        content.setLastAccessedTime(row.seenAt());
        content.setMaxInactiveInterval(Duration.ofSeconds(row.idleSeconds()));
        try {
            read(row.attributes()).forEach(content::setAttribute);
        } catch (IOException | ClassNotFoundException e) {
            // Written by another version of the program: the visit begins anew.
            LOG.warn("a session of an earlier version could not be read and ends", e);
            deleteById(id);
            return null;
        }
        return new KeptSession(content, false);
    }

    @Override
    public void save(KeptSession session) {
        if (session.isNew() || session.isChanged()) {
            found.remove();
        }
        if (session.isNew() || session.isChanged()) {
            byte[] attributes = write(session);
            Whose whose = whose(session);
            inside(() -> session.isNew() ? insert(session, attributes, whose) : update(session, attributes, whose));
        } else if (Duration.between(session.seenAtLoad(), session.getLastAccessedTime()).compareTo(SAVE_EVERY) >= 0) {
            jdbc.sql("select 1 from identity.touch_session(?, ?)").param(digest(session.getId())).param(at(session.getLastAccessedTime()))
                    .query(Integer.class).single();
        }
    }

    @Override
    public void deleteById(String id) {
        found.remove();
        inside(() -> jdbc.sql("delete from identity.session where id = ?").param(digest(id)).update());
    }

    private int insert(KeptSession session, byte[] attributes, Whose whose) {
        // The same new session may be saved twice in one request: first with its cookie, then with what it holds.
        return jdbc.sql("""
                insert into identity.session (id, person, half, browser, via, created_at, seen_at, idle_seconds, attributes)
                values (:id, :person, :half, :browser, :via, :createdAt, :seenAt, :idle, :attributes)
                on conflict (id) do update set person = excluded.person, half = excluded.half, browser = excluded.browser, via = excluded.via,
                                               seen_at = excluded.seen_at, idle_seconds = excluded.idle_seconds, attributes = excluded.attributes""")
                .param("id", digest(session.getId())).param("person", whose.person()).param("half", whose.half()).param("browser", whose.browser()).param("via", whose.via())
                .param("createdAt", at(session.getCreationTime())).param("seenAt", at(session.getLastAccessedTime()))
                .param("idle", (int) session.getMaxInactiveInterval().toSeconds()).param("attributes", attributes)
                .update();
    }

    /** A session that was ended meanwhile stays ended: only a row that is still there is changed. */
    private int update(KeptSession session, byte[] attributes, Whose whose) {
        return jdbc.sql("""
                update identity.session
                   set id = :id, person = :person, half = :half, browser = :browser, via = :via, seen_at = :seenAt, idle_seconds = :idle, attributes = :attributes
                 where id in (:former, :id)""")
                .param("id", digest(session.getId())).param("former", digest(session.idAtLoad()))
                .param("person", whose.person()).param("half", whose.half()).param("browser", whose.browser()).param("via", whose.via())
                .param("seenAt", at(session.getLastAccessedTime()))
                .param("idle", (int) session.getMaxInactiveInterval().toSeconds()).param("attributes", attributes)
                .update();
    }

    /** Erases what has ended, the oldest first and a few at a time, so that nobody waits for it. @return how many */
    int sweep() {
        int swept = 0;
        int some;
        do {
            some = asked(() -> jdbc.sql("""
                    delete from identity.session where id in (
                      select id from identity.session
                      where seen_at < :now and seen_at + idle_seconds * interval '1 second' < :now
                      order by seen_at limit :most for update skip locked)""").param("now", at(clock.instant())).param("most", SWEPT_AT_ONCE).update());
            swept += some;
        } while (some == SWEPT_AT_ONCE);
        return swept;
    }

    private void inside(java.util.function.IntSupplier work) {
        Acting.run(SELF, () -> transactions.executeWithoutResult(_ -> work.getAsInt()));
    }

    /** A sign-in of which the second step is missing ends with its person's other visits, and is shown with none of them. */
    private record Whose(@Nullable UUID person, boolean half, String browser, @Nullable String via) {
    }

    private static Whose whose(KeptSession session) {
        String browser = session.getAttribute(StaffSession.BROWSER) instanceof String kind ? kind : "";
        Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        if (context instanceof SecurityContext known && known.getAuthentication() != null
                && known.getAuthentication().getPrincipal() instanceof SignedIn who) {
            return new Whose(who.person(), false, browser, via(session.getAttribute(StaffSession.VIA)));
        }
        return session.getAttribute(StaffSession.HALF) instanceof StaffSession.Half half
                ? new Whose(half.who().person(), true, browser, via(half.via())) : new Whose(null, false, browser, null);
    }

    private static @Nullable String via(@Nullable Object provider) {
        return provider instanceof StaffSession.Via via ? via.session() : null;
    }

    @Override
    public List<Visit> of(UUID person, String session) {
        return asked(() -> jdbc.sql("""
                select visit, browser, created_at, seen_at, id = :current as current
                  from identity.session
                 where person = :person and not half and seen_at + idle_seconds * interval '1 second' > :now and created_at > :now - interval '12 hours'
                 order by current desc, seen_at desc limit :listed""")
                .param("listed", LISTED).param("person", person).param("current", digest(session)).param("now", at(clock.instant()))
                .query((row, _) -> new Visit(row.getObject("visit", UUID.class), row.getString("browser"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("current")))
                .list());
    }

    @Override
    public boolean end(UUID person, UUID visit) {
        return asked(() -> jdbc.sql("delete from identity.session where person = ? and visit = ?").param(person).param(visit).update()) == 1;
    }

    @Override
    public int endAtProvider(Optional<UUID> person, Optional<String> via, Instant begunBefore) {
        return asked(() -> jdbc.sql("""
                delete from identity.session
                 where via is not null and (:person::uuid is null or person = :person) and (:via::text is null or via = :via) and created_at <= :before""")
                .param("person", person.orElse(null), java.sql.Types.OTHER).param("via", via.orElse(null), java.sql.Types.VARCHAR)
                .param("before", at(begunBefore)).update());
    }

    @Override
    public int endOthers(UUID person, String session) {
        return asked(() -> jdbc.sql("delete from identity.session where person = ? and id <> ?").param(person).param(digest(session)).update());
    }

    private <T> T asked(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> work.get())));
    }

    private static byte[] write(KeptSession session) {
        HashMap<String, Object> attributes = new HashMap<>();
        for (String name : session.getAttributeNames()) {
            attributes.put(name, session.getAttribute(name));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(attributes);
        } catch (IOException e) {
            throw new UncheckedIOException("a session holds something that cannot be kept: " + attributes.keySet(), e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(OURS);
            return (Map<String, Object>) in.readObject();
        }
    }

    private static byte[] digest(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
