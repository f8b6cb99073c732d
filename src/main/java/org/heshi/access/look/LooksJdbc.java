package org.heshi.access.look;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.HeldMatters;
import org.heshi.access.LookQuestions;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
@EnableConfigurationProperties(LookSettings.class)
class LooksJdbc implements Looks, LookQuestions {

    private static final Duration KEPT = Duration.ofDays(90);
    /** Posts whose task it is to look at what others hold. */
    private static final Set<Role> WATCH = EnumSet.of(Role.SUPERVISOR, Role.AUDITOR, Role.HEAD, Role.DISPATCHER);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final LookSettings settings;
    private final HeldMatters held;

    LooksJdbc(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, LookSettings settings, HeldMatters held) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.settings = settings;
        this.held = held;
    }

    @Override
    public void record(UUID matter, What what) {
        Actor.Staff staff = Acting.staff();
        Instant now = clock.instant();
        OffsetDateTime hour = now.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC);
        transactions.executeWithoutResult(_ -> {
            // Without a conflict target: naming the columns would ask for the right to read the row, which only auditors have.
            int first = jdbc.sql("""
                    insert into access.look (person, matter, hour, post, unit, what) values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                    .params(staff.person(), matter, hour, staff.post(), staff.unit(), code(what)).update();
            if (first == 1) {
                unusual(staff, matter, now, hour);
            }
        });
    }

    private void unusual(Actor.Staff staff, UUID matter, Instant now, OffsetDateTime hour) {
        if (staff.roles().stream().noneMatch(WATCH::contains) && !held.holds(matter)) {
            ask(staff, matter, Why.NOT_HELD, now);
        }
        if (settings.isNight(CivilTime.of(now).toLocalTime())) {
            ask(staff, null, Why.AT_NIGHT, now);
        }
        if (jdbc.sql("select access.opened_by_me(?)").param(hour).query(Long.class).single() == settings.many()) {
            ask(staff, null, Why.MANY, now);
        }
    }

    private void ask(Actor.Staff staff, @Nullable UUID matter, Why why, Instant now) {
        // one night is one, before midnight and after; one matter is asked about once
        LocalDate night = matter != null ? LocalDate.EPOCH : CivilTime.dateOf(now.minus(Duration.ofHours(12)));
        jdbc.sql("""
                insert into access.question (id, person, post, unit, division_code, matter, why, night, asked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing""")
                .param(Uuid7.at(now)).param(staff.person()).param(staff.post()).param(staff.unit()).param(staff.held().division()).param(matter).param(code(why)).param(night)
                .param(now.atOffset(ZoneOffset.UTC)).update();
    }

    @Override
    public List<Look> of(UUID matter) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select distinct unit, hour, what from access.look where matter = ? order by hour desc, unit, what")
                .param(matter).query((r, _) -> new Look(r.getObject("unit", UUID.class), r.getObject("hour", OffsetDateTime.class).toInstant(),
                        What.valueOf(r.getString("what").toUpperCase(Locale.ROOT)))).list()));
    }

    private static final String QUESTION = "select id, unit, matter, why, asked_at, answer from access.question ";

    private static Question question(java.sql.ResultSet r) throws java.sql.SQLException {
        return new Question(r.getObject("id", UUID.class), r.getObject("unit", UUID.class), Optional.ofNullable(r.getObject("matter", UUID.class)),
                Why.valueOf(r.getString("why").toUpperCase(Locale.ROOT).replace('-', '_')), r.getObject("asked_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(r.getString("answer")));
    }

    private OffsetDateTime oldest() {
        return clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
    }

    @Override
    public List<Question> open() {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(QUESTION + "where person = ? and answer is null and asked_at > ? order by id limit 50")
                .param(Acting.staff().person()).param(oldest()).query((r, _) -> question(r)).list()));
    }

    @Override
    public boolean answer(UUID question, String words) {
        String said = words.strip();
        if (said.isEmpty() || said.length() > 500) {
            throw new IllegalArgumentException("1 to 500 characters");
        }
        return Boolean.TRUE.equals(transactions.execute(_ -> jdbc.sql("update access.question set answer = ?, answered_at = ? where id = ? and person = ? and answer is null")
                .param(said).param(clock.instant().atOffset(ZoneOffset.UTC)).param(question).param(Acting.staff().person()).update() == 1));
    }

    @Override
    public List<Question> all(Optional<UUID> after, int limit) {
        if (!Acting.staff().has(Role.AUDITOR)) {
            throw new IllegalStateException("for auditors");
        }
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(QUESTION + "where asked_at > ? and id < ? order by id desc limit ?").param(oldest())
                .param(after.orElse(new UUID(-1, -1))).param(limit).query((r, _) -> question(r)).list()));
    }

    /** Erases what was asked more than 90 days ago. @return how many */
    int forget() {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("looks"), () -> transactions.execute(_ ->
                jdbc.sql("delete from access.question where asked_at <= ?").param(oldest()).update())));
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
