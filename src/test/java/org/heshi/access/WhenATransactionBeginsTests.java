package org.heshi.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.heshi.HeshiTest;
import org.heshi.matters.Hall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who acts is known from the beginning of a transaction to its end and not beyond, in whatever way it is begun. */
@HeshiTest
class WhenATransactionBeginsTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    PlatformTransactionManager manager;
    @Autowired
    FirstQuestion first;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    DataSource dataSource;
    Hall hall;
    UUID matter;

    @BeforeEach
    void aMatter() {
        hall = new Hall(context);
        matter = hall.report().matter();
    }

    private TransactionTemplate named(String name) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setName(name);
        return template;
    }

    /** How many are seen by that question, the first of a transaction of that name or a later one. */
    private int by(Actor who, String name, IntSupplier question) {
        return Objects.requireNonNull(Acting.as(who, () -> named(name).execute(_ -> question.getAsInt())));
    }

    private int asked() {
        return first.ask("select count(*) from matters.matter where id = ?", (statement, at) -> statement.setObject(at, matter), statement -> {
            ResultSet r = statement.getResultSet();
            r.next();
            return r.getInt(1);
        });
    }

    private int seen() {
        return jdbc.sql("select count(*) from matters.matter where id = ?").param(matter).query(Integer.class).single();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", InnerScope.BY_KEYS, FirstQuestion.TRANSACTION})
    void theFirstQuestionAndThoseAfterItAreWhoActs(String name) {
        assertThat(by(hall.clerk, name, () -> 10 * asked() + seen())).isEqualTo(11);
        assertThat(by(hall.neighbourDispatcher, name, () -> 10 * asked() + seen())).isZero();
    }

    @Test
    void nothingIsSeenBeforeTheFirstQuestion() {
        assertThat(by(hall.clerk, FirstQuestion.TRANSACTION, this::seen)).isZero();
    }

    @Test
    void outsideOfATransactionNobodyActs() {
        int first = Acting.as(hall.clerk, this::asked);
        int second = Acting.as(hall.clerk, this::seen);
        assertThat(first + second).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", InnerScope.BY_KEYS, FirstQuestion.TRANSACTION})
    void oneThatOnlyReadsWritesNothing(String name) {
        TransactionTemplate reading = named(name);
        reading.setReadOnly(true);
        assertThatThrownBy(() -> Acting.as(hall.clerk, () -> reading.execute(_ -> {
            assertThat(asked()).isOne();
            return jdbc.sql("update matters.matter set level = 2 where id = ?").param(matter).update();
        }))).isInstanceOf(DataAccessException.class).hasMessageContaining("read-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", InnerScope.BY_KEYS, FirstQuestion.TRANSACTION})
    void whatIsTakenBackWasNotDone(String name) {
        UUID begun = Acting.as(new Actor.Passerby(), () -> named(name).execute(status -> {
            UUID one = hall.report().matter();
            status.setRollbackOnly();
            return one;
        }));
        assertThat(by(new Actor.Machine("test"), "", () -> jdbc.sql("select count(*) from matters.matter where id = ?").param(begun).query(Integer.class).single())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FirstQuestion.TRANSACTION})
    void afterARefusedQuestionTheNextTransactionIsLikeAnyOther(String name) {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> Acting.as(hall.clerk, () -> named(name).execute(_ -> first.ask("select 1 / 0", (_, _) -> { }, _ -> 1)))).isInstanceOf(DataAccessException.class);
            assertThat(by(hall.neighbourDispatcher, name, this::asked)).isZero();
            assertThat(by(hall.clerk, name, this::asked)).isOne();
        }
    }

    @Test
    void aConnectionGoesBackAsItCame() throws Exception {
        assertThat(by(hall.clerk, FirstQuestion.TRANSACTION, this::asked)).isOne();
        try (var connection = dataSource.getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }
}
