package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenAMatterIsAboutAnOfficeTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    @Qualifier("follower")
    JdbcClient follower;
    @Autowired
    TransactionTemplate transactions;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    private void seesNothing(Actor who, UUID matter) {
        assertThatThrownBy(() -> Acting.as(who, () -> views.get(matter))).as("%s", who).isInstanceOf(NoSuchElementException.class);
        assertThat(Acting.as(who, () -> views.history(matter))).isEmpty();
        assertThat(Acting.as(who, () -> views.rows(List.of(matter)))).isEmpty();
        assertThat(Acting.as(who, () -> views.queue(new MatterViews.QueueFilter(Optional.empty(), Optional.empty(), 50)).rows()))
                .extracting(MatterViews.Row::id).doesNotContain(matter);
        assertThat(particulars(who, matter)).as("%s reads names and words", who).isZero();
        assertThatThrownBy(() -> hall.act(who, matter, "note", Map.of("note", "x"), 1)).isInstanceOf(NoSuchElementException.class);
    }

    private int particulars(Actor who, UUID matter) {
        return Acting.as(who, () -> transactions.execute(_ ->
                jdbc.sql("select count(*) from matters.particular where matter = ?").param(matter).query(Integer.class).single()));
    }

    @Test
    void isShownToNobodyOfThatOfficeInAnyOfTheirPosts() {
        Answer.Done other = hall.report(Map.of("about-office", "true", "accused", hall.works.id().toString()));
        assertThat(Acting.as(hall.policeAtTheOrgan, () -> views.get(other.matter())).id()).isEqualTo(other.matter());
        Answer.Done m = hall.report(Map.of("about-office", "true", "accused", hall.police.id().toString()));
        seesNothing(hall.policeHead, m.matter());
        seesNothing(hall.policeAtTheOrgan, m.matter());
        assertThat(Acting.as(hall.organDispatcher, () -> views.get(m.matter())).id()).isEqualTo(m.matter());
    }

    @Test
    void isToldToNobodyOfThatOfficeInAnyOfTheirPosts() throws InterruptedException {
        Answer.Done m = hall.report(Map.of("about-office", "true", "accused", hall.police.id().toString()));
        Answer.Done next = hall.report(Map.of("about-office", "true", "accused", hall.works.id().toString()));
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (told(next.matter()).isEmpty() && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        assertThat(told(next.matter())).contains(hall.organDispatcher.post(), hall.policeAtTheOrgan.post());
        assertThat(told(m.matter())).contains(hall.organDispatcher.post()).doesNotContain(hall.policeAtTheOrgan.post());
    }

    @Test
    void leavesNothingUnreadWithWhomItTurnsOutToBeAbout() throws InterruptedException {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"), 2);
        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.police.id().toString(), "reason", "x"), 3);
        awaitUnread(hall.policeHead, true);
        hall.done(hall.policeHead, m.matter(), "return", Map.of("reason", "说的是我们自己"), 4);
        hall.done(hall.dispatcher, m.matter(), "name-office", Map.of("accused", hall.police.id().toString(), "reason", "反映的是公安局"), 5);
        awaitUnread(hall.policeHead, false);
    }

    private void awaitUnread(Actor.Staff who, boolean some) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (unread(who) > 0 != some) {
            assertThat(System.nanoTime()).as("unread are %d", unread(who)).isLessThan(until);
            Thread.sleep(50);
        }
    }

    private int unread(Actor.Staff who) {
        return Acting.as(who, () -> transactions.execute(_ -> jdbc.sql("select notices.unread()").query(Integer.class).single()));
    }

    private List<UUID> told(UUID matter) {
        return follower.sql("select post from notices.notice where matter = ?").param(matter).query(UUID.class).list();
    }

    @Test
    void barsANamedPostFromItsPartsToo() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ ->
                jdbc.sql("insert into matters.barred_post (matter, post) values (?, ?)").param(m.matter()).param(hall.supervisor.post()).update()));
        seesNothing(hall.supervisor, m.matter());
        Answer.Done split = hall.done(hall.dispatcher, m.matter(), "split", Map.of("part-title", "井盖", "part-description", "井盖也坏了"), 2);
        UUID part = Acting.as(hall.dispatcher, () -> views.find(split.made().orElseThrow())).orElseThrow();
        seesNothing(hall.supervisor, part);
    }

    @Test
    void barsAnOfficeThatWasNamedInWordsAndIsKnownLater() {
        Answer.Done m = hall.report(Map.of("about-office", "true", "accused-words", "城关某所"));
        hall.done(hall.organDispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.organDispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"), 2);
        hall.done(hall.organDispatcher, m.matter(), "name-office", Map.of("accused", hall.police.id().toString(), "reason", "来信写明了"), 3);

        assertThat(Acting.as(hall.organDispatcher, () -> views.get(m.matter())).accused()).map(u -> u.id()).contains(hall.police.id());
        seesNothing(hall.policeHead, m.matter());
        seesNothing(hall.stationHandler, m.matter());
        seesNothing(hall.policeAtTheOrgan, m.matter());
        assertThat(hall.act(hall.organDispatcher, m.matter(), "assign", Map.of("lead", hall.station.id().toString(), "reason", "x"), 4))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").contains("unit-accused"));
        hall.done(hall.organDispatcher, m.matter(), "name-office", Map.of("accused", hall.works.id().toString(), "reason", "还有一个"), 4);
        seesNothing(hall.handler, m.matter());
        seesNothing(hall.policeHead, m.matter());
        hall.done(hall.organDispatcher, m.matter(), "name-office", Map.of("accused", hall.works.id().toString(), "reason", "又说一次"), 5);
        assertThat(hall.done(hall.organDispatcher, m.matter(), "assign", Map.of("lead", hall.organ.id().toString(), "reason", "x"), 6).state())
                .isEqualTo("assigned");
    }

    @Test
    void goesFromTheCentreToTheReceivingOrganWhenTheDeskFindsOutThatItIsAComplaint() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"), 2);
        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.police.id().toString(), "reason", "x"), 3);
        hall.done(hall.policeHead, m.matter(), "return", Map.of("reason", "说的是我们自己"), 4);
        assertThat(hall.act(hall.clerk, m.matter(), "name-office", Map.of("accused", hall.police.id().toString(), "reason", "x"), 5))
                .isInstanceOf(Answer.Refused.class);
        hall.done(hall.dispatcher, m.matter(), "name-office", Map.of("accused", hall.police.id().toString(), "reason", "反映的是公安局"), 5);

        seesNothing(hall.policeHead, m.matter());
        assertThat(Acting.as(hall.organDispatcher, () -> views.queue(new MatterViews.QueueFilter(Optional.empty(), Optional.empty(), 50)).rows()))
                .extracting(MatterViews.Row::id).contains(m.matter());
        assertThat(hall.done(hall.organDispatcher, m.matter(), "assign", Map.of("lead", hall.works.id().toString(), "reason", "x"), 6).state())
                .isEqualTo("assigned");
    }

    @Test
    void isTakenApartFromOthersBeforeItsOfficeIsNamed() {
        Answer.Done primary = hall.report();
        Answer.Done second = hall.report();
        List.of(primary, second).forEach(m -> hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1));
        hall.done(hall.dispatcher, second.matter(), "merge", Map.of("into", primary.number().shown(), "reason", "同一盏灯"), 2);
        assertThat(hall.act(hall.dispatcher, primary.matter(), "name-office", Map.of("accused", hall.police.id().toString(), "reason", "x"), 2))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("accused-while-merged"));
    }
}
