package org.heshi.demo.county;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bill.PublishBill;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.exchange.ProgramWebhooks;
import org.heshi.identity.Programs;
import org.heshi.kernel.CivilTime;
import org.heshi.statistics.Figures;
import org.heshi.statistics.MonthlyBulletins;
import org.heshi.statistics.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * What a county with a past has made known: a bulletin of last month, an edition of the public bill with an answer that one wrote and another released, a program that is told of matters.
 * On a thread of its own, once the figures have come as far as the past goes, so that nobody waits for it. The bulletin is made last and stays: a start that finds none does
 * what is missing, so that one that was cut off in these seconds is made good by the next.
 */
@Component
@ConditionalOnProperty(name = "heshi.demo", havingValue = "true", matchIfMissing = true)
class MadeKnown {

    private static final Logger LOG = LoggerFactory.getLogger(MadeKnown.class);
    private static final Actor.Machine SELF = new Actor.Machine("demo");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SOME = 50;
    private static final Duration NAP = Duration.ofMillis(500);

    private final Figures figures;
    private final MonthlyBulletins bulletins;
    private final PublishBill bill;
    private final Programs programs;
    private final ProgramWebhooks webhooks;
    private final Directory directory;
    private final InstantSource clock;

    MadeKnown(Figures figures, MonthlyBulletins bulletins, PublishBill bill, Programs programs, ProgramWebhooks webhooks, Directory directory, InstantSource clock) {
        this.figures = figures;
        this.bulletins = bulletins;
        this.bill = bill;
        this.programs = programs;
        this.webhooks = webhooks;
        this.directory = directory;
        this.clock = clock;
    }

    /** Whether this start or an earlier one came to its end. */
    boolean done() {
        return Acting.as(holder(Role.SUPERVISOR), bulletins::any);
    }

    void after(Past.Made past) {
        Thread.ofVirtual().name("demo").start(() -> {
            try {
                if (!done() && counted(past)) {
                    makeKnown(past);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("the demo county stays without bulletin, bill or webhook", e);
            }
        });
    }

    /** The log is counted in its order, so that nothing of the past is missing once there are as many. */
    private boolean counted(Past.Made past) throws InterruptedException {
        Instant until = clock.instant().plus(PATIENCE);
        LocalDate today = CivilTime.dateOf(clock.instant());
        while (clock.instant().isBefore(until)) {
            if (Acting.as(SELF, () -> figures.ask(Question.of(County.CODE, today.minusDays(Past.DAYS + 1), today))).total().received() >= past.many()) {
                return true;
            }
            Thread.sleep(NAP);
        }
        LOG.warn("the demo county's figures have not come as far as its past in {}", PATIENCE);
        return false;
    }

    /** Done anew it does what is missing. */
    void makeKnown(Past.Made past) {
        YearMonth last = YearMonth.from(CivilTime.dateOf(clock.instant())).minusMonths(1);
        Actor supervisor = holder(Role.SUPERVISOR);
        Acting.run(holder(Role.ADMINISTRATOR), () -> webhooks.enter(program(), URI.create("https://hooks.example.invalid/heshi"), Set.of("matter.begun", "matter.moved")));
        Acting.as(supervisor, () -> bill.edition());
        if (!Acting.as(supervisor, bill::told)) {
            past.closed().map(List::of).orElseGet(() -> closed(supervisor)).stream().filter(matter -> Acting.as(supervisor, () -> bill.write(matter, "路灯不亮怎么报修（演示）",
                    "村口到文化礼堂一段的路灯坏了几天，晚上看不见路，不知道该找谁。",
                    "已检修线路并更换灯具，当晚恢复照明。路灯不亮可以直接在“反映问题”里报，写明在哪个路口、坏了几盏，一般三个工作日内修好。"))).findFirst().ifPresent(matter ->
                    Acting.run(holder(Role.HEAD), () -> bill.release(matter)));
        }
        Acting.run(supervisor, () -> bulletins.release(last, "各镇乡（街道）、市级各部门：\n现将上月社会治理事项受理办理情况通报如下。（演示数据，人物均为虚构）",
                "一、对即将到期的事项提前提醒，确实不能按期办结的，按规定申请延期并告知反映人。\n二、答复要说清做了什么、什么时候做完，不用“已转相关部门”代替结果。"));
    }

    private Programs.Program program() {
        String name = "市政设施平台（演示）";
        return programs.running().stream().filter(one -> one.name().equals(name) && one.unit().equals(County.centre())).findFirst()
                .orElseGet(() -> programs.enter(name, County.centre(), Set.of("report", "follow", "webhooks")));
    }

    /** Some of a past that an earlier start made. */
    private List<UUID> closed(Actor supervisor) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        return Acting.as(supervisor, () -> figures.behind(Question.of(County.CODE, today.minusDays(Past.DAYS + 1), today), Figures.Measure.CLOSED, Optional.empty(), SOME).rows());
    }

    private Actor holder(Role role) {
        return new Actor.Staff(directory.holders(County.centre(), role, clock.instant()).getFirst());
    }
}
