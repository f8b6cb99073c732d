package org.heshi.access.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.HeldMatters;
import org.heshi.access.LookQuestions;
import org.heshi.directory.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class QuestionsAboutLookingTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    LooksJdbc looks;
    @Autowired
    LookQuestions questions;
    @Autowired
    HeldMatters held;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    @Test
    void areNotShownAndThenErasedAfterNinetyDays() {
        County county = County.make(context);
        Member clerk = county.hire(county.centre, "old-clerk", Role.WINDOW_CLERK);
        county.as(clerk, () -> {
            transactions.executeWithoutResult(_ -> {
                for (int days : new int[] {89, 91}) {
                    jdbc.sql("insert into access.question (id, person, post, unit, why, night, asked_at) values (?, ?, ?, ?, 'at-night', ?, ?)").param(UUID.randomUUID())
                            .param(clerk.person()).param(clerk.post()).param(clerk.unit().id()).param(LocalDate.EPOCH.plusDays(days))
                            .param(OffsetDateTime.now(Clock.systemUTC()).minusDays(days)).update();
                }
            });
            assertThat(questions.open()).hasSize(1);
            return null;
        });
        assertThat(looks.forget()).isPositive();
        long left = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select count(*) from access.question where person = ?")
                .param(clerk.person()).query(Long.class).single()));
        assertThat(left).isEqualTo(1);
    }

    @Test
    void askOnceAboutANight() {
        County county = County.make(context);
        Member clerk = county.hire(county.centre, "night-clerk", Role.WINDOW_CLERK);
        for (String time : new String[] {"2026-06-01T21:00:00", "2026-06-01T23:10:00", "2026-06-02T01:00:00", "2026-06-02T09:00:00"}) {
            Instant at = OffsetDateTime.parse(time + "+08:00").toInstant();
            LooksJdbc then = new LooksJdbc(jdbc, transactions, () -> at, new LookSettings(80, LocalTime.of(23, 0), LocalTime.of(5, 0)), held);
            county.as(clerk, () -> {
                then.record(UUID.randomUUID());
                return null;
            });
        }
        long asked = county.as(clerk, () -> transactions.execute(_ -> jdbc.sql("select count(*) from access.question where person = ? and why = 'at-night'")
                .param(clerk.person()).query(Long.class).single()));
        assertThat(asked).as("one night, before midnight and after").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"23:00, 05:00, 22:59, false", "23:00, 05:00, 23:00, true", "23:00, 05:00, 04:59, true", "23:00, 05:00, 05:00, false", "00:30, 05:00, 00:10, false",
            "00:30, 05:00, 03:00, true", "00:00, 00:00, 03:00, false"})
    void knowTheNight(LocalTime night, LocalTime day, LocalTime time, boolean is) {
        assertThat(new LookSettings(80, night, day).isNight(time)).isEqualTo(is);
    }
}
