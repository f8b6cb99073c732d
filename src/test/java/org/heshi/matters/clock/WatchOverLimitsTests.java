package org.heshi.matters.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Recounting;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Limits that come due while nobody acts. The program's own watch runs beside these rounds, as a second process would. */
@HeshiTest
class WatchOverLimitsTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Watch watch;
    @Autowired
    Recount recount;
    @Autowired
    Calendar calendar;
    @Autowired
    @Qualifier("follower")
    JdbcClient jdbc;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    private Answer.Done assigned() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "01", "level", "blue"), 2);
        return hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.police.id().toString(), "reason", "归公安"), 3);
    }

    /** As if the days had gone by. */
    private void over(Answer.Done matter, String clock) {
        assertThat(jdbc.sql("""
                update matters.clock set started_at = now() - interval '30 days', due_at = now() - interval '1 minute', warn_at = null,
                  next_at = now() - interval '1 second'
                where matter = ? and name = ?""").param(matter.matter()).param(clock).update()).isEqualTo(1);
    }

    private void nextStep(Answer.Done matter) {
        jdbc.sql("update matters.clock set next_at = now() - interval '1 second' where matter = ? and name = 'sign' and next_at is not null")
                .param(matter.matter()).update();
    }

    private record Told(UUID post, String event, String clock) {
    }

    private List<Told> told(Answer.Done matter) {
        return jdbc.sql("select post, event, clock from notices.notice where matter = ? and clock <> '' order by id").param(matter.matter())
                .query((r, _) -> new Told(r.getObject("post", UUID.class), r.getString("event"), r.getString("clock"))).list();
    }

    private void settle(Answer.Done matter, int count) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        do {
            watch.round();
            if (told(matter).size() >= count) {
                return;
            }
            Thread.sleep(50);
        } while (System.nanoTime() < until);
    }

    @Test
    void areToldToWhomTheyBindThenUpwardStepByStepAndEachOnce() throws InterruptedException {
        Answer.Done m = assigned();
        over(m, "sign");
        settle(m, 1);
        assertThat(told(m)).containsExactly(new Told(hall.policeHead.post(), "limit-over", "sign"));

        nextStep(m);
        settle(m, 2);
        nextStep(m);
        settle(m, 3);
        watch.round();
        assertThat(told(m)).containsExactly(new Told(hall.policeHead.post(), "limit-over", "sign"), new Told(hall.policeHead.post(), "limit-head", "sign"),
                new Told(hall.supervisor.post(), "limit-supervisor", "sign"));
        // the last step is for those above, whom this county does not have; then it is silent
        nextStep(m);
        watch.round();
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until && jdbc.sql("select next_at is not null from matters.clock where matter = ? and name = 'sign'").param(m.matter())
                .query(Boolean.class).single()) {
            Thread.sleep(50);
        }
        assertThat(jdbc.sql("select said from matters.clock where matter = ? and name = 'sign'").param(m.matter()).query(Integer.class).single()).isEqualTo(5);
        assertThat(told(m)).hasSize(3);
    }

    @Test
    void areNotToldTwiceByManyRoundsAtOnce() throws InterruptedException {
        List<Answer.Done> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Answer.Done m = assigned();
            many.add(m);
            over(m, "sign");
        }
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                watch.round();
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        for (Answer.Done m : many) {
            settle(m, 1);
            assertThat(told(m)).hasSize(1);
        }
    }

    @Test
    void areToldAlthoughOneBeforeThemCannotBe() throws InterruptedException {
        Answer.Done bad = assigned();
        Answer.Done good = assigned();
        over(bad, "sign");
        over(good, "sign");
        jdbc.sql("update matters.clock set length = 'nonsense', next_at = now() - interval '1 day' where matter = ? and name = 'sign'")
                .param(bad.matter()).update();
        settle(good, 1);
        assertThat(told(good)).hasSize(1);
        assertThat(told(bad)).isEmpty();
        assertThat(jdbc.sql("select next_at > now() from matters.clock where matter = ? and name = 'sign'").param(bad.matter()).query(Boolean.class).single())
                .as("given again later").isTrue();
    }

    @Test
    void areSilentWhenTheWorkIsDoneOrTheyStandStill() throws InterruptedException {
        Answer.Done m = assigned();
        over(m, "sign");
        hall.done(hall.policeHead, m.matter(), "accept", Map.of(), 4);
        hall.done(hall.policeHead, m.matter(), "pause", Map.of("reason", "party", "words", "等材料"), 5);
        watch.round();
        assertThat(jdbc.sql("select count(*) from matters.clock where matter = ? and next_at is not null").param(m.matter()).query(Integer.class).single()).isZero();
        assertThat(told(m)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void tellNothingToAnOfficeThatTheMatterIsAbout() throws InterruptedException {
        Answer.Done complaint = hall.report(Map.of("about-office", "true", "accused", hall.police.id().toString()));
        over(complaint, "confirm");
        settle(complaint, 1);
        assertThat(told(complaint)).isNotEmpty().extracting(Told::post).doesNotContain(hall.policeHead.post(), hall.policeAtTheOrgan.post(),
                hall.stationHandler.post(), hall.supervisor.post());
    }

    @Test
    void areToldOfTheNewInstantAlthoughTheOldOneWasToldOf() throws InterruptedException {
        Answer.Done m = assigned();
        over(m, "sign");
        settle(m, 1);
        // as after an extension that ran out, too
        jdbc.sql("""
                update matters.clock set due_at = due_at + interval '30 seconds', said = 0, next_at = now() - interval '1 second'
                where matter = ? and name = 'sign'""").param(m.matter()).update();
        settle(m, 2);
        assertThat(told(m)).containsExactly(new Told(hall.policeHead.post(), "limit-over", "sign"), new Told(hall.policeHead.post(), "limit-over", "sign"));
    }

    /**
     * As if a notice had come in just now: until the walk through all clocks that follows has ended. The walk before it may have been for a notice
     * that the tests of the calendar took back, which no administrator can: then it stands above the edition that the calendar has.
     */
    private void announce() throws InterruptedException {
        long was = calendar.edition() - 1;
        jdbc.sql("update matters.recount set edition = ?").param(was).update();
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        boolean ended = false;
        while (System.nanoTime() < until && !ended) {
            recount.round();
            Thread.sleep(20);
            ended = jdbc.sql("select edition > ? and ended_at is not null from matters.recount").param(was).query(Boolean.class).single();
        }
        assertThat(ended).as("the walk has ended").isTrue();
    }

    @Test
    void areCountedAgainWhenTheHolidaysAreAnnounced() throws InterruptedException {
        Answer.Done m = assigned();
        Running before = row(m, "sign");
        Answer.Done bad = assigned();
        jdbc.sql("update matters.clock set edition = -2, length = 'nonsense' where matter = ? and name = 'sign'").param(bad.matter()).update();
        // as one that was counted when the calendar knew less
        jdbc.sql("update matters.clock set edition = -1, due_at = due_at + interval '3 days', next_at = next_at + interval '3 days' where matter = ? and name = 'sign'")
                .param(m.matter()).update();
        announce();
        assertThat(row(m, "sign")).isEqualTo(before);
        Recounting.Progress progress = recount.progress().orElseThrow();
        assertThat(progress.done()).isTrue();
        assertThat(progress.failed()).isPositive();
        assertThat(progress.counted()).isGreaterThanOrEqualTo(4).isLessThanOrEqualTo(progress.total());
        jdbc.sql("update matters.clock set length = '1 WORKDAY' where matter = ?").param(bad.matter()).update();
    }

    @Test
    void areNotOverBeforeTheyWereCountedAgain() throws InterruptedException {
        Answer.Done m = assigned();
        Running before = row(m, "sign");
        // it would be over by the holidays as they were known, and the walk has not come to it
        jdbc.sql("""
                update matters.clock set edition = -1, due_at = started_at + interval '1 microsecond', warn_at = null, next_at = now() - interval '1 second'
                where matter = ? and name = 'sign'""").param(m.matter()).update();
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until && row(m, "sign").edition() < 0) {
            watch.round();
            Thread.sleep(20);
        }
        assertThat(row(m, "sign").dueAt()).isEqualTo(before.dueAt());
        assertThat(row(m, "sign").nextAt()).isEqualTo(before.nextAt());
        assertThat(told(m)).isEmpty();
    }

    @Test
    void areNotToldAgainBecauseTheyWereCountedAgain() throws InterruptedException {
        Answer.Done m = assigned();
        jdbc.sql("""
                update matters.clock set started_at = now() - interval '30 days', due_at = now() - interval '20 days', said = 5, next_at = null, edition = -1
                where matter = ? and name = 'sign'""").param(m.matter()).update();
        announce();
        watch.round();
        assertThat(row(m, "sign").said()).isEqualTo(5);
        assertThat(row(m, "sign").nextAt()).isNull();
        assertThat(told(m)).isEmpty();
    }

    private Running row(Answer.Done matter, String name) {
        return jdbc.sql("select * from matters.clock where matter = ? and name = ?").param(matter.matter()).param(name).query((r, _) -> Running.of(r)).single();
    }
}
