package org.heshi.directory.posts;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Unit;
import org.heshi.directory.desk.Ground;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the pages of posts show. */
@Component
class PostViews {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Divisions divisions;
    private final InstantSource clock;

    PostViews(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Divisions divisions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.divisions = divisions;
        this.clock = clock;
    }

    /** @throws NoSuchElementException when there is none on the administrator's ground */
    Unit unit(HeldPost by, UUID id) {
        Unit unit = directory.findUnit(id).orElseThrow(() -> new NoSuchElementException("no such unit"));
        Ground.check(by, unit.division());
        return unit;
    }

    /** @throws NoSuchElementException when there is none on the administrator's ground */
    Post post(HeldPost by, UUID id) {
        Post post = Optional.ofNullable(directory.posts(List.of(id)).get(id)).orElseThrow(() -> new NoSuchElementException("no such post"));
        unit(by, post.unit());
        return post;
    }

    /** The post that a holding is of. @throws NoSuchElementException when there is none on the administrator's ground */
    Post postOfHolding(HeldPost by, UUID holding) {
        UUID post = transactions.execute(_ -> jdbc.sql("select post from directory.holding where id = ?").param(holding).query(UUID.class).optional())
                .orElseThrow(() -> new NoSuchElementException("no such holding"));
        return post(by, post);
    }

    /** The post from whose holder a leave takes. @throws NoSuchElementException as above */
    Post postOfLeave(HeldPost by, UUID leave) {
        UUID holding = transactions.execute(_ -> jdbc.sql("select holding from directory.leave where id = ?").param(leave).query(UUID.class).optional())
                .orElseThrow(() -> new NoSuchElementException("no such leave"));
        return postOfHolding(by, holding);
    }

    PostPage page(HeldPost by, UUID id) {
        Post post = post(by, id);
        Unit unit = unit(by, post.unit());
        Instant now = clock.instant();
        record Row(UUID id, UUID person, Instant from, @Nullable Instant to) {
        }
        record Leave(UUID id, UUID holding, Instant from, Instant to, @Nullable UUID standIn) {
        }
        record Life(Instant startedAt, boolean ended) {
        }
        return transactions.execute(_ -> {
            Life life = jdbc.sql("select started_at, ended_at is not null from directory.post where id = ?").param(id)
                    .query((row, _) -> new Life(row.getObject(1, OffsetDateTime.class).toInstant(), row.getBoolean(2))).single();
            List<Row> rows = jdbc.sql("select id, person, starts_at, ends_at from directory.holding where post = ? order by starts_at desc limit 100")
                    .param(id).query((row, _) -> new Row(row.getObject(1, UUID.class), row.getObject(2, UUID.class),
                            row.getObject(3, OffsetDateTime.class).toInstant(), instant(row.getObject(4, OffsetDateTime.class)))).list();
            List<Leave> leaves = jdbc.sql("""
                    select l.id, l.holding, l.starts_at, l.ends_at, l.stand_in
                      from directory.leave l join directory.holding h on h.id = l.holding
                     where h.post = ? order by l.starts_at desc limit 200""")
                    .param(id).query((row, _) -> new Leave(row.getObject(1, UUID.class), row.getObject(2, UUID.class),
                            row.getObject(3, OffsetDateTime.class).toInstant(), row.getObject(4, OffsetDateTime.class).toInstant(),
                            row.getObject(5, UUID.class))).list();
            Set<UUID> ids = new LinkedHashSet<>();
            rows.forEach(row -> ids.add(row.person()));
            leaves.forEach(leave -> {
                if (leave.standIn() != null) {
                    ids.add(leave.standIn());
                }
            });
            Map<UUID, Person> people = directory.people(ids);
            List<PostPage.Held> held = new ArrayList<>();
            for (Row row : rows) {
                List<PostPage.Away> away = leaves.stream().filter(leave -> leave.holding().equals(row.id()))
                        .map(leave -> new PostPage.Away(leave.id(), CivilTime.dateOf(leave.from()), lastDay(leave.to()),
                                Optional.ofNullable(leave.standIn()).map(people::get).map(Person::name),
                                PostPage.Stage.of(leave.from(), Optional.of(leave.to()), now)))
                        .toList();
                held.add(new PostPage.Held(row.id(), people.get(row.person()), CivilTime.dateOf(row.from()),
                        Optional.ofNullable(row.to()).map(PostViews::lastDay), PostPage.Stage.of(row.from(), Optional.ofNullable(row.to()), now), away));
            }
            Optional<String> ownPlace = post.division().equals(unit.division()) ? Optional.empty()
                    : Optional.of(divisions.fullNames(List.of(post.division())).getOrDefault(post.division(), post.division()));
            return new PostPage(post, unit, ownPlace, life.startedAt(), life.ended(), held);
        });
    }

    /** The day that an exclusive end leaves as the last one: midnight belongs to the day before. */
    private static LocalDate lastDay(Instant end) {
        return CivilTime.dateOf(end.minusMillis(1));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
