package org.heshi.access.opening;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.access.Looks;
import org.heshi.access.Openings;
import org.heshi.directory.Role;
import org.heshi.kernel.Uuid7;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
@EnableConfigurationProperties(OpeningSettings.class)
class OpeningsJdbc implements Openings {

    private static final Actor.Machine TELLER = new Actor.Machine("openings");
    private static final String OPENING = "select id, matter, person, unit, ground, words, opened_at, until, justified, remark, judged_at from access.opening ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final Looks looks;
    private final InnerScope inner;
    private final ObjectProvider<Told> told;
    private final Set<Role> roles;
    private final Duration lasts;

    OpeningsJdbc(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, Looks looks, InnerScope inner, ObjectProvider<Told> told, OpeningSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.looks = looks;
        this.inner = inner;
        this.told = told;
        this.roles = settings.asRoles();
        this.lasts = settings.lasts();
    }

    @Override
    public boolean mayOpen() {
        return Acting.current() instanceof Actor.Staff staff && staff.roles().stream().anyMatch(roles::contains);
    }

    @Override
    public Duration lasts() {
        return lasts;
    }

    @Override
    public UUID open(UUID matter, Ground ground, String words) {
        Actor.Staff staff = Acting.staff();
        if (!mayOpen()) {
            throw new IllegalStateException("a post that may not open matters");
        }
        Instant now = clock.instant();
        UUID id = Uuid7.at(now);
        List<Runnable> word = told.stream().map(one -> one.prepare(matter, staff.person(), staff.unit(), now)).toList();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("insert into access.opening (id, matter, person, post, unit, ground, words, opened_at, until) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(id, matter, staff.person(), staff.post(), staff.unit(), ground.code(), words.strip(), at(now), at(now.plus(lasts))).update();
            looks.record(matter, Looks.What.OPENED);
            inner.as(TELLER, () -> word.forEach(Runnable::run));
        });
        return id;
    }

    @Override
    public Optional<Opening> running(UUID id) {
        return running().stream().filter(opening -> opening.id().equals(id)).findFirst();
    }

    @Override
    public List<Opening> running() {
        Actor.Staff staff = Acting.staff();
        return list(OPENING + "where person = ? and post = ? and until > ? order by id desc", staff.person(), staff.post(), at(clock.instant()));
    }

    @Override
    public <T> T reading(Opening opening, Supplier<T> reads) {
        looks.record(opening.matter(), Looks.What.OPENED);
        return Acting.opened(opening.matter(), reads);
    }

    @Override
    public List<Opening> all(Optional<UUID> after, int limit) {
        if (!Acting.staff().has(Role.AUDITOR)) {
            throw new IllegalStateException("for auditors");
        }
        return list(OPENING + "where id < ? order by id desc limit ?", after.orElse(new UUID(-1, -1)), limit);
    }

    @Override
    public List<Opening> of(UUID matter) {
        return list(OPENING + "where matter = ? order by id desc", matter);
    }

    @Override
    public boolean judge(UUID id, boolean justified, String remark) {
        String said = remark.strip();
        if (said.isEmpty() || said.length() > 500) {
            throw new IllegalArgumentException("1 to 500 characters");
        }
        return Boolean.TRUE.equals(transactions.execute(_ -> jdbc.sql("""
                update access.opening set justified = ?, remark = ?, judged_at = ?, judged_by = ? where id = ? and justified is null and person <> ?""")
                .params(justified, said, at(clock.instant()), Acting.staff().person(), id, Acting.staff().person()).update() == 1));
    }

    private List<Opening> list(String sql, Object... parameters) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(sql).params(parameters).query((r, _) -> opening(r)).list()));
    }

    private static Opening opening(ResultSet r) throws SQLException {
        Optional<Judgement> judgement = r.getObject("judged_at") == null ? Optional.empty()
                : Optional.of(new Judgement(r.getBoolean("justified"), r.getString("remark"), instant(r, "judged_at")));
        // the reporter reads the ground; the words are between officials
        String words = Acting.current() instanceof Actor.Resident ? "" : r.getString("words");
        return new Opening(r.getObject("id", UUID.class), r.getObject("matter", UUID.class), r.getObject("person", UUID.class), r.getObject("unit", UUID.class),
                Ground.valueOf(r.getString("ground").toUpperCase(Locale.ROOT).replace('-', '_')), words, instant(r, "opened_at"), instant(r, "until"), judgement);
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
