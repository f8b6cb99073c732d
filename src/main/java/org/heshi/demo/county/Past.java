package org.heshi.demo.county;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.divisions.Division;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Matters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the demo county saw in the thirteen months before: invented matters that are over, brought in as from another system with times of their own, so that
 * dashboards have something to compare with. Only where somebody looks at the demo: {@code ./run} asks for it.
 */
@Component
@ConditionalOnProperty(name = "heshi.demo", havingValue = "true", matchIfMissing = true)
class Past {

    private static final Logger LOG = LoggerFactory.getLogger(Past.class);
    static final int DAYS = 395;
    /** One of so many lies with the grid worker or the village of the demo, so that they have figures, too. */
    private static final int PATROL = 8;
    private static final int PATROLLED_DAYS = 150;
    /** One of so many is a question that needs no more than an answer; such matters are not published one by one. */
    private static final int ADVICE = 3;
    private static final int TOGETHER = 50;
    private static final List<String> CHANNELS = List.of("grid", "grid", "grid", "web", "web", "window", "window", "hotline-12345", "hotline-12345", "phone", "letter", "agency");
    private static final List<String> ENDS = List.of("resolved", "resolved", "resolved", "resolved", "explained");
    /** How many of a hundred come in which hour. */
    private static final int[] HOURS = {0, 0, 0, 0, 0, 0, 1, 3, 9, 13, 12, 9, 4, 5, 10, 11, 9, 5, 3, 2, 2, 1, 1, 0};

    private record Trouble(String category, String level, String title) {
    }

    private static final List<Trouble> TROUBLES = List.of(new Trouble("020202", "blue", "路灯不亮"), new Trouble("020301", "blue", "垃圾没有及时清运"),
            new Trouble("030302", "yellow", "夜里施工噪声"), new Trouble("010102", "blue", "楼上漏水"), new Trouble("050401", "blue", "路口违停"),
            new Trouble("060101", "red", "消防通道被堵"), new Trouble("060103", "yellow", "电动车飞线充电"), new Trouble("140501", "yellow", "下水道堵塞"),
            new Trouble("040101", "yellow", "工资没有按时发"), new Trouble("020401", "yellow", "楼顶搭棚"), new Trouble("120105", "blue", "商品不肯退换"),
            new Trouble("100601", "blue", "渠道淤塞"), new Trouble("140101", "yellow", "停水没有通知"), new Trouble("030102", "blue", "油烟扰民"));

    private static final List<Trouble> QUESTIONS = List.of(new Trouble("070201", "blue", "养老院怎么收费"), new Trouble("080101", "blue", "随迁孩子怎么报名"),
            new Trouble("090201", "blue", "外地住院怎么报销"), new Trouble("040401", "blue", "社保怎么转移"), new Trouble("110102", "blue", "不动产证怎么办"));
    private static final List<Trouble> FOUND = List.of(new Trouble("060103", "yellow", "电动车飞线充电"), new Trouble("020202", "blue", "路灯不亮"), new Trouble("060101", "red", "消防通道被堵"),
            new Trouble("020301", "blue", "垃圾没有及时清运"));

    /** @param closed one that may stand where anybody reads */
    record Made(int many, Optional<UUID> closed) {
    }

    private final Matters matters;
    private final Directory directory;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final int many;

    Past(Matters matters, Directory directory, TransactionTemplate transactions, InstantSource clock, @Value("${heshi.demo-past:0}") int many) {
        this.matters = matters;
        this.directory = directory;
        this.transactions = transactions;
        this.clock = clock;
        this.many = many;
    }

    /** What an earlier start made. */
    Made before() {
        return new Made(many, Optional.empty());
    }

    /** @param near the grid worker and the handler of the village: some of it was theirs */
    Made make(List<Division> villages, List<HeldPost> near) {
        List<UUID> closed = new ArrayList<>();
        long began = clock.millis();
        for (int from = 0; from < many; from += TOGETHER) {
            int first = from;
            Acting.run(new Actor.Machine("importer"), () -> transactions.executeWithoutResult(_ -> {
                for (int i = first; i < Math.min(first + TOGETHER, many); i++) {
                    one(i, villages, near).ifPresent(closed::add);
                }
            }));
        }
        if (many > 0) {
            LOG.info("demo county: {} matters of the past in {} ms", many, clock.millis() - began);
        }
        return new Made(many, closed.stream().findFirst());
    }

    /** @return it, when it is a closed one that is brought to be helped */
    private Optional<UUID> one(int i, List<Division> villages, List<HeldPost> near) {
        SplittableRandom random = new SplittableRandom(20_231_109L + i);
        boolean patrol = i % PATROL == 7;
        HeldPost finder = near.get(i / PATROL % near.size());
        Instant at = at(random, patrol ? PATROLLED_DAYS : DAYS);
        // a few places are much livelier than the others
        Division village = villages.get((int) (villages.size() * Math.pow(random.nextDouble(), 1.7)));
        boolean advice = !patrol && i % ADVICE == 0;
        List<Trouble> troubles = patrol ? FOUND : advice ? QUESTIONS : TROUBLES;
        Trouble trouble = troubles.get((int) (troubles.size() * Math.pow(random.nextDouble(), 1.4)));
        String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        Instant answered = at.plus(Duration.ofMinutes((long) (90 + 60 * 24 * 9 * Math.pow(random.nextDouble(), 2.2))));
        boolean over = answered.isBefore(clock.instant());
        Map<String, Object> input = new HashMap<>(Map.of("state", over ? "closed" : "registered", "title", patrol ? trouble.title() : village.name() + trouble.title(), "description", "演示数据：" + trouble.title()
                + "，请派人看看。", "place", patrol ? finder.division() : village.code(), "category", trouble.category(), "level", trouble.level(), "channel", patrol ? "grid" : channel,
                "occurred-at", at.toString()));
        if (over) {
            Optional<UUID> lead = patrol ? Optional.of(finder.unit()) : directory.whoHandles(trouble.category(), village.code()).map(found -> found.lead().id());
            lead.ifPresent(unit -> input.put("lead", unit.toString()));
            input.put("answer", "已到现场处理并告知反映人。");
            input.put("answered-at", answered.toString());
            input.put("outcome", patrol ? "resolved" : ENDS.get(random.nextInt(ENDS.size())));
        }
        String kind = patrol ? "grid-event" : advice ? "advice" : "service";
        return switch (matters.act(new Matters.Act(Optional.empty(), kind, "import", input, 0, "demo-past-" + i))) {
            case Matters.Answer.Done done when over && kind.equals("service") -> Optional.of(done.matter());
            case Matters.Answer.Refused(var refusals) -> {
                LOG.warn("a matter of the demo's past was refused: {}", refusals);
                yield Optional.empty();
            }
            case Matters.Answer.Done _, Matters.Answer.Stale _ -> Optional.empty();
        };
    }

    /** More in summer than in winter, more on working days, most in the morning. */
    private Instant at(SplittableRandom random, int days) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        while (true) {
            LocalDate day = today.minusDays(random.nextInt(days));
            double season = 0.75 + 0.25 * Math.sin((day.getDayOfYear() - 100) / 365.0 * 2 * Math.PI);
            boolean rest = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (random.nextDouble() > season * (rest ? 0.45 : 1)) {
                continue;
            }
            int hour = 0;
            for (int drawn = random.nextInt(100) - HOURS[0]; drawn >= 0 && hour < 23; drawn -= HOURS[hour]) {
                hour++;
            }
            Instant at = day.atTime(hour, random.nextInt(60)).atZone(CivilTime.ZONE).toInstant();
            if (at.isBefore(clock.instant())) {
                return at;
            }
        }
    }
}
