package org.heshi;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.identity.Accounts;
import org.heshi.kernel.Uuid7;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes staff for a test: a unit of their own, a post, a person and an account, all invented and nobody else's. */
public final class People {

    public static final String PASSWORD = "four unrelated lamps";

    private final Roster roster;
    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    public People(ApplicationContext context) {
        roster = context.getBean(Roster.class);
        accounts = context.getBean(Accounts.class);
        jdbc = context.getBean(JdbcClient.class);
        transactions = context.getBean(TransactionTemplate.class);
        clock = context.getBean(InstantSource.class);
    }

    /** @param name what they sign in with; the password is {@link #PASSWORD} */
    public record Somebody(UUID person, UUID post, UUID unit, String name) {
    }

    /** Somebody of a new department of Zhuji. */
    public Somebody with(Role... roles) {
        return in(UnitType.DEPARTMENT, "330681", roles);
    }

    /** Somebody of a new unit on this division. */
    public Somebody in(UnitType type, String division, Role... roles) {
        UUID unit = id();
        return in(unit, Optional.of(new Unit(unit, type, "试验单位" + tail(unit), division, Optional.empty())), roles);
    }

    /** Somebody more in a unit that there is. */
    public Somebody in(UUID unit, Role... roles) {
        return in(unit, Optional.empty(), roles);
    }

    private Somebody in(UUID unit, Optional<Unit> made, Role... roles) {
        UUID person = id();
        String name = "test-" + tail(person);
        UUID post = enter(unit, made, Optional.of(new Person(person, "试验员" + tail(person), Optional.empty(), Optional.empty())), person, roles);
        if (!(accounts.create(person, name, PASSWORD) instanceof Accounts.Creating.Done)) {
            throw new IllegalStateException("no account was made");
        }
        return new Somebody(person, post, unit, name);
    }

    /** One more post in the same unit for the same person. */
    public UUID anotherPost(Somebody somebody, Role... roles) {
        return enter(somebody.unit(), Optional.empty(), Optional.empty(), somebody.person(), roles);
    }

    /** The person holds the post no longer. */
    public void endPost(UUID person, UUID post) {
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> jdbc
                .sql("update directory.holding set ends_at = ? where person = ? and post = ? and ends_at is null")
                .param(clock.instant().atOffset(ZoneOffset.UTC)).param(person).param(post).update()));
    }

    private UUID enter(UUID unit, Optional<Unit> made, Optional<Person> person, UUID holder, Role... roles) {
        UUID post = id();
        Acting.run(new Actor.Machine("test"), () -> roster.enter(new Roster.Entries(Instant.parse("2026-01-01T00:00:00Z"), made.stream().toList(),
                person.stream().toList(), List.of(new Roster.NewPost(post, unit, "试验岗位" + tail(post), Set.of(roles), Optional.empty())),
                List.of(new Roster.NewHolding(post, holder)), List.of(), List.of())));
        return post;
    }

    private UUID id() {
        return Uuid7.at(clock.instant());
    }

    private static String tail(UUID id) {
        return id.toString().substring(26);
    }
}
