package org.heshi.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class ThrottleTests {

    @Autowired
    Throttle throttle;
    @Autowired
    Backoff backoff;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    final String key = UUID.randomUUID().toString();

    @Test
    void givesExactlyTheLimitToManyAtOnce() {
        long taken = IntStream.range(0, 64).parallel().filter(_ -> throttle.tryTake("test", key, 10, Duration.ofHours(10))).count();
        assertThat(taken).isEqualTo(10);
    }

    @Test
    void givesTriesBackEvenly() throws InterruptedException {
        IntStream.range(0, 10).forEach(_ -> assertThat(throttle.tryTake("test", key, 10, Duration.ofSeconds(5))).isTrue());
        assertThat(throttle.tryTake("test", key, 10, Duration.ofSeconds(5))).isFalse();
        Thread.sleep(700);
        assertThat(throttle.tryTake("test", key, 10, Duration.ofSeconds(5))).isTrue();
        assertThat(throttle.tryTake("test", key, 10, Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void countsEachPurposeAndEachKeyForItself() {
        assertThat(throttle.tryTake("test", key, 1, Duration.ofHours(1))).isTrue();
        assertThat(throttle.tryTake("test", key, 1, Duration.ofHours(1))).isFalse();
        assertThat(throttle.tryTake("other", key, 1, Duration.ofHours(1))).isTrue();
        assertThat(throttle.tryTake("test", key + "x", 1, Duration.ofHours(1))).isTrue();
    }

    @Test
    void takesAGoodTryBack() {
        assertThat(throttle.tryTake("test", key, 1, Duration.ofHours(1))).isTrue();
        throttle.giveBack("test", key, 1, Duration.ofHours(1));
        assertThat(throttle.tryTake("test", key, 1, Duration.ofHours(1))).isTrue();
        assertThat(throttle.tryTake("test", key, 1, Duration.ofHours(1))).isFalse();
    }

    @Test
    void letsOnlyTheFreeFailuresThroughAtOnce() {
        var patience = new Backoff.Patience(3, Duration.ofMinutes(1), Duration.ofMinutes(10));
        long begun = IntStream.range(0, 32).parallel().filter(_ -> backoff.tryBegin("test", key, patience).isEmpty()).count();
        // The one after the free ones is made too; from then on there is a wait.
        assertThat(begun).isEqualTo(4);
        assertThat(backoff.tryBegin("test", key, patience)).hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
    }

    @Test
    void waitsTwiceAsLongEachTimeAndNeverLongerThanTheMost() throws InterruptedException {
        var patience = new Backoff.Patience(0, Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(backoff.tryBegin("test", key, patience)).isEmpty();
        assertThat(backoff.tryBegin("test", key, patience)).hasValue(Duration.ofSeconds(1));
        Thread.sleep(1100);
        assertThat(backoff.tryBegin("test", key, patience)).isEmpty();
        assertThat(backoff.tryBegin("test", key, patience)).hasValue(Duration.ofSeconds(2));
        Thread.sleep(2100);
        assertThat(backoff.tryBegin("test", key, patience)).isEmpty();
        assertThat(backoff.tryBegin("test", key, patience)).hasValue(Duration.ofSeconds(2));
    }

    @Test
    void forgetsFailuresAfterAGoodTry() {
        var patience = new Backoff.Patience(1, Duration.ofMinutes(1), Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++) {
            assertThat(backoff.tryBegin("test", key, patience)).isEmpty();
            backoff.succeeded("test", key);
        }
    }

    @Test
    void keepsNothingThatTheProgramsRoleCouldRead() {
        throttle.tryTake("test", key, 1, Duration.ofHours(1));
        for (String table : new String[] {"salt", "throttle", "backoff"}) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> jdbc.sql("select * from access." + table).query().listOfRows())
                    .rootCause().hasMessageContaining("permission denied");
        }
    }
}
