package org.heshi.bench.year;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.bench.year.Prefecture.Office;
import org.heshi.bench.year.Prefecture.Village;
import org.heshi.bench.year.Shape.Kind;
import org.jspecify.annotations.Nullable;

/** What is done with one matter, step after step, decided by its number alone: who does it, what they write and how long they take. */
final class Life {

    private static final String[] TROUBLES = {"路灯不亮", "垃圾没有清运", "井盖松动有响声", "河道边堆放杂物", "排水沟堵了，下雨就积水", "消防通道停了车", "墙体渗水一直没修好", "健身器材坏了，容易伤人",
            "工地夜里施工吵得睡不着", "电线垂得很低，小孩伸手能够到", "土路塌了一块，车过不去", "广告牌被风吹歪了"};
    private static final String[] DONE = {"已到现场处理，恢复正常。", "联系维护人员当天修好，拍照留存。", "已清理干净，并向附近住户说明，今后每周检查一次。", "与相关人员当面沟通，已经搬离，现场复查无误。",
            "更换了损坏的部件，试运行正常，费用由村里承担。"};

    private static final int ON_TIME = 95;

    final int number;
    final Kind kind;
    final Village village;
    final long seed;
    final String category;
    final String level;
    /** When the next step is due, in seconds of the year that is played. */
    long due;
    int step;
    int version;
    @Nullable UUID id;

    Life(int number, Kind kind, Village village, String category, String level, long due, long seed) {
        this.number = number;
        this.kind = kind;
        this.village = village;
        this.category = category;
        this.level = level;
        this.due = due;
        this.seed = seed;
    }

    /** @param minutes from now to the step after it */
    record Step(Actor.Staff who, String action, Map<String, Object> input, int minutes) {
    }

    private SplittableRandom random() {
        return new SplittableRandom(seed + step * 0x9E3779B97F4A7C15L);
    }

    private <T> T any(List<T> list, int salt) {
        return list.get((int) Long.remainderUnsigned(seed * 31 + salt * 7_919L, list.size()));
    }

    private boolean share(int salt, int percent) {
        return Long.remainderUnsigned((seed ^ salt * 0x9E3779B97F4A7C15L) >>> 7, 100) < percent;
    }

    /** Whether who found it solves it on the spot: 85 in 100 grid events, as a county's rule wants it of small matters. */
    boolean onTheSpot() {
        return share(1, 85);
    }

    Actor.Staff worker() {
        return any(village.workers(), 2);
    }

    Office office() {
        return switch (kind) {
            case GRID_EVENT, ORDER -> share(3, 60) ? village.town().station() : any(village.town().county().departments(), 4);
            case PETITION -> any(village.town().county().departments(), 5);
            case DISPUTE -> village.town().committee();
        };
    }

    /** Who takes it in: the village for a grid event, the town for a dispute, the county for orders and petitions. */
    Actor.Staff clerk() {
        return switch (kind) {
            case GRID_EVENT -> village.clerk();
            case DISPUTE -> village.town().clerk();
            case ORDER, PETITION -> village.town().county().clerk();
        };
    }

    Actor.Staff verifier() {
        return switch (kind) {
            case GRID_EVENT -> village.verifier();
            case DISPUTE -> village.town().verifier();
            case ORDER, PETITION -> village.town().county().verifier();
        };
    }

    /** The next step; null when nothing is left to do. */
    @Nullable Step next(LocalDateTime now) {
        return switch (kind) {
            case GRID_EVENT -> onTheSpot() ? settled() : handled("grid-event", now);
            case ORDER -> handled("service", now);
            case PETITION -> petition(now);
            case DISPUTE -> dispute(now);
        };
    }

    private Map<String, Object> register(String channel, boolean contact) {
        SplittableRandom random = random();
        String trouble = TROUBLES[random.nextInt(TROUBLES.length)];
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("channel", channel);
        input.put("title", "第" + (1 + random.nextInt(30)) + "组" + trouble);
        input.put("description", "巡查时发现" + trouble + "，位置在第" + (1 + random.nextInt(200)) + "号附近，已经" + (1 + random.nextInt(9)) + "天，" + (random.nextBoolean()
                ? "附近老人小孩经过不方便，需要尽快处理。" : "目前没有人受伤，先做了提醒标识。"));
        input.put("category", category);
        input.put("level", level);
        input.put("place", kind == Kind.GRID_EVENT ? any(village.grids(), 6) : village.code());
        if (contact) {
            input.put("name", "虚构反映人");
            input.put("phone", "139" + "%08d".formatted(random.nextInt(100_000_000)));
        } else {
            input.put("anonymous", "true");
        }
        return input;
    }

    /** What is said of what is settled already: where, what and how. */
    private Map<String, Object> found() {
        Map<String, Object> input = register("grid", false);
        input.keySet().removeAll(Set.of("channel", "anonymous"));
        input.put("answer", DONE[random().nextInt(DONE.length)]);
        return input;
    }

    private @Nullable Step settled() {
        return switch (step) {
            case 0 -> new Step(worker(), "settle-found", found(), 75 + random().nextInt(2_150));
            case 1 -> new Step(verifier(), "verify", verified("seen"), 0);
            default -> null;
        };
    }

    private Map<String, Object> verified(String asked) {
        Map<String, Object> input = new LinkedHashMap<>(Map.of("asked", asked, "outcome", share(8, 94) ? "resolved" : "explained"));
        if (asked.equals("asked")) {
            input.put("resolved", share(8, 94) ? "yes" : "partly");
            input.put("satisfied", share(9, 90) ? "yes" : share(10, 60) ? "fair" : "no");
        }
        return input;
    }

    private Actor.Staff first() {
        return kind == Kind.GRID_EVENT ? worker() : clerk();
    }

    private @Nullable Step handled(String procedure, LocalDateTime now) {
        boolean order = kind == Kind.ORDER;
        return switch (step) {
            case 0 -> {
                Map<String, Object> input = register(order ? "hotline-12345" : "grid", order);
                if (order) {
                    input.put("order-number", "AK%09d".formatted(number));
                    input.put("urgency", level.equals("red") ? "two-hours" : level.equals("yellow") ? "day" : "week");
                }
                yield new Step(first(), "register", input, 3 + random().nextInt(40));
            }
            case 1 -> new Step(clerk(), "sort", Map.of("kind", procedure, "category", category, "level", level), took(order) * 4 / 100);
            case 2 -> new Step(clerk(), "assign", Map.of("lead", office().unit().toString(), "reason", "由该单位牵头办理，请按期答复。"), took(order) * 8 / 100);
            case 3 -> new Step(office().handler(), "accept", Map.of(), took(order) * 75 / 100);
            case 4 -> new Step(office().handler(), "handle", Map.of("done", DONE[random().nextInt(DONE.length)]), took(order) * 13 / 100);
            case 5 -> new Step(office().handler(), "answer", Map.of("answer", "您反映的问题" + DONE[random().nextInt(DONE.length)]), 120 + random().nextInt(3_000));
            case 6 -> new Step(verifier(), "verify", verified(order ? "asked" : "seen"), 10 + random().nextInt(300));
            case 7 -> order ? new Step(clerk(), "hand-back", Map.of("words", "已按期办结并答复来电人。"), 0) : null;
            default -> null;
        };
    }

    /** Minutes from sorting to the answer: within the limit of the level in {@value #ON_TIME} of 100, and up to twice as long in the others. */
    private int took(boolean order) {
        int limit = switch (level) {
            case "red" -> 2 * 60;
            case "yellow" -> 24 * 60;
            default -> order ? 7 * 24 * 60 : 72 * 60;
        };
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 12);
        return share(12, ON_TIME) ? limit / 8 + random.nextInt(limit * 5 / 8) : limit + random.nextInt(limit);
    }

    private @Nullable Step petition(LocalDateTime now) {
        return switch (step) {
            case 0 -> new Step(clerk(), "register", register("window", true), 30 + random().nextInt(600));
            case 1 -> new Step(clerk(), "sort", Map.of("kind", "petition", "category", category, "level", level), 60 + random().nextInt(2_000));
            case 2 -> new Step(clerk(), "assign", Map.of("sort", "claim", "manner", "forwarded", "lead", office().unit().toString(), "reason", "属于该机关职权范围，请依法办理。"),
                    500 + random().nextInt(9_000));
            case 3 -> new Step(office().handler(), "accept", Map.of("notice", "您的信访事项已受理，将在六十日内答复。"), 8_000 + random().nextInt(50_000));
            case 4 -> new Step(office().handler(), "handle", Map.of("done", "经调查核实，已按规定处理并形成书面意见。"), 500 + random().nextInt(3_000));
            case 5 -> new Step(office().handler(), "answer", reply(), 600 + random().nextInt(4_000));
            case 6 -> new Step(verifier(), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", share(9, 80) ? "yes" : "fair", "outcome",
                    share(8, 60) ? "resolved" : "not-supported"), 0);
            default -> null;
        };
    }

    private Map<String, Object> reply() {
        return Map.of("requests", "请求解决反映的问题并书面答复。", "facts", "经核实，反映的情况部分属实。", "opinion", share(8, 60) ? "supported" : "not-supported",
                "answer", "由责任单位限期改正，并将结果书面告知您。", "ground", "信访工作条例第三十二条", "told", "true");
    }

    private @Nullable Step dispute(LocalDateTime now) {
        Actor.Staff mediator = office().handler();
        return switch (step) {
            case 0 -> new Step(clerk(), "register", register("window", true), 10 + random().nextInt(200));
            case 1 -> new Step(clerk(), "sort", Map.of("kind", "dispute", "category", category, "level", level), 10 + random().nextInt(300));
            case 2 -> new Step(clerk(), "assign", Map.of("lead", office().unit().toString(), "reason", "由调委会调解。"), 60 + random().nextInt(900));
            case 3 -> new Step(mediator, "accept", Map.of(), 10 + random().nextInt(60));
            case 4 -> new Step(mediator, "party", Map.of("role", "respondent", "name", "虚构对方", "phone", "138" + "%08d".formatted(random().nextInt(100_000_000))), 10);
            case 5 -> new Step(mediator, "take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"),
                    "facts", "双方因通行和排水发生纠纷。", "fit", "true"), 60 + random().nextInt(2_000));
            case 6 -> new Step(mediator, "consent-recorded", Map.of("whose", "1", "how", "phone", "at", now.withSecond(0).withNano(0).toString(), "told", "true", "open", "closed"), 60 + random().nextInt(1_000));
            case 7 -> new Step(mediator, "consent-recorded", Map.of("whose", "2", "how", "phone", "at", now.withSecond(0).withNano(0).toString(), "told", "true", "open", "closed"), 100 + random().nextInt(3_000));
            case 8 -> new Step(mediator, "appoint", Map.of("mediator", mediator.post().toString(), "how", "appointed", "no-interest", "true"), 60 + random().nextInt(4_000));
            case 9 -> new Step(mediator, "willing", Map.of(), 60 + random().nextInt(4_000));
            case 10 -> new Step(mediator, "session", Map.of("at", now.withSecond(0).withNano(0).toString(), "where", "镇调解室", "present", List.of("1", "2"), "cause", "通行和排水", "told", "true",
                    "statements", "申请人说通行受阻，下雨排水不畅；被申请人说墙是旧墙翻修，愿意商量。", "result", "双方愿意各让一步，形成初步意见。"), 60 + random().nextInt(8_000));
            case 11 -> new Step(mediator, "oral", Map.of("at", now.withSecond(0).withNano(0).toString(), "where", "镇调解室", "present", List.of("1", "2"), "facts", "通行和排水纠纷。",
                    "terms", List.of("2\t1\t疏通排水沟，让出通道\t300\t" + now.toLocalDate().plusDays(20) + "\t现金"), "no-paper", "true"), 60 + random().nextInt(1_000));
            case 12 -> new Step(mediator, "answer", Map.of("answer", "双方达成口头协议，已记录在案。"), 300 + random().nextInt(6_000));
            case 13 -> new Step(verifier(), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "agreed"), 0);
            default -> null;
        };
    }
}
