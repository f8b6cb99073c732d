package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test publishes a kind of its own beside the shipped ones. */
@HeshiTest
class PublishingTests {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    InstantSource clock;

    @Autowired
    Procedures procedures;

    private final String kind = "kind-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void publishesTheShippedKindsWhenTheProgramStarts() {
        assertThat(procedures.all()).hasSize(12).allMatch(procedure -> procedure.version() >= 1);
        assertThat(procedures.current("intake").kind()).isEqualTo("intake");
        assertThat(procedures.has("dispute")).isTrue();
        assertThat(procedures.has("no-such")).isFalse();
        assertThatThrownBy(() -> procedures.current("no-such")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> procedures.version("intake", 99)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void makesNoNewVersionOfTheSameText() {
        publish("Repair");
        assertThat(publish("Repair").current(kind).version()).isEqualTo(1);
    }

    @Test
    void makesTheNextVersionOfAChangedTextAndKeepsTheOldOneReadable() {
        publish("Repair");
        Procedures later = publish("Mending");

        assertThat(later.current(kind).version()).isEqualTo(2);
        assertThat(later.current(kind).title().en()).isEqualTo("Mending");
        assertThat(later.version(kind, 1).title().en()).isEqualTo("Repair");
        assertThat(later.version(kind, 1).actions()).isEqualTo(later.version(kind, 2).actions());
    }

    @Test
    void makesAThirdVersionWhenAnOldTextComesBack() {
        publish("Repair");
        publish("Mending");
        Procedures back = publish("Repair");

        assertThat(back.current(kind).version()).isEqualTo(3);
        assertThat(back.current(kind).title().en()).isEqualTo("Repair");
    }

    @Test
    void keepsAKindWhoseFileIsGoneButOffersItNoMore() {
        publish("Repair");
        Procedures without = new PublishedProcedures(jdbc, transactions, clock, ShippedProceduresTests.SHIPPED);

        assertThat(without.has(kind)).isFalse();
        assertThat(without.all()).noneMatch(procedure -> procedure.kind().equals(kind));
        assertThat(without.version(kind, 1).title().en()).isEqualTo("Repair");
        assertThat(without.current(kind).version()).isEqualTo(1);
    }

    @Test
    void letsNobodyRewriteWhatWasPublished() {
        publish("Repair");
        assertThatThrownBy(() -> jdbc.sql("update matters.procedure set source = source || ' ' where kind = ?").param(kind).update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> jdbc.sql("delete from matters.procedure where kind = ?").param(kind).update())
                .isInstanceOf(DataAccessException.class);
    }

    private Procedures publish(String title) {
        String source = ShippedProceduresTests.SHIPPED.kinds().get("service").source()
                .replaceFirst("kind: service", "kind: " + kind).replaceFirst("en: Service request", "en: " + title);
        Map<String, ProcedureSet.Checked> kinds = new LinkedHashMap<>(ShippedProceduresTests.SHIPPED.kinds());
        kinds.put(kind, new ProcedureSet.Checked(ProcedureSet.published(kind, 1, source), source));
        return new PublishedProcedures(jdbc, transactions, clock, new ProcedureSet(kinds));
    }
}
