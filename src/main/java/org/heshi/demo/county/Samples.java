package org.heshi.demo.county;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Handling;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Matters;
import org.heshi.mediation.MediationRoster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Some invented matters at every stage, each taken there through the one door by the people whose turn it is. The keys are fixed, so that a
 * start that was cut off goes on where it ended.
 */
@Component
@ConditionalOnProperty(name = "heshi.demo", havingValue = "true", matchIfMissing = true)
class Samples {

    private static final Logger LOG = LoggerFactory.getLogger(Samples.class);
    private static final String COUNTY = "330681";
    private static final String TELEPHONE = "13800138000";

    /** How far each is taken: the last action done. */
    private enum Stage {
        REPORTED, REGISTERED, SORTED, ASSIGNED, ACCEPTED, HANDLED, ANSWERED, CLOSED
    }

    private record Trouble(String category, String level, String title, String words) {
    }

    private static final List<Trouble> TROUBLES = List.of(
            new Trouble("020202", "blue", "村口路灯不亮", "村口到文化礼堂一段的路灯坏了好几天，晚上老人出门不方便，希望尽快修好。"),
            new Trouble("030302", "yellow", "工地夜里施工太吵", "小区旁边的工地连续几天夜里十一点以后还在打桩，孩子睡不着。"),
            new Trouble("040101", "yellow", "两个月工资没有发", "我在一家纺织厂上班，五月和六月的工资一直没有发，老板说资金周转不开。"),
            new Trouble("010102", "blue", "楼上漏水泡了天花板", "楼上卫生间漏水，我家天花板起泡发霉，找过两次没有结果。"),
            new Trouble("060101", "red", "消防通道被货堆堵住", "市场后门的消防通道长期堆货，万一着火出不去。"),
            new Trouble("060103", "red", "电动车拉线上楼充电", "三单元有人把电线从窗户拉下来给电动车充电，下雨天也这样。"),
            new Trouble("050401", "blue", "学校门口违停严重", "放学时段校门口两边停满车，孩子只能走在马路中间。"),
            new Trouble("020301", "blue", "垃圾几天没人收", "村里的垃圾投放点满了三天没有清运，气味很大。"),
            new Trouble("120105", "blue", "网购商品不肯退", "网店的衣服开线，联系商家七天没有回应，平台说让找当地解决。"),
            new Trouble("140101", "yellow", "停水没有提前通知", "昨天停水一整天，事先没有通知，家里有病人。"),
            new Trouble("010301", "yellow", "宅基地边界说不清", "隔壁翻建房子，把墙砌到了我家地界上，两家争执很久。"),
            new Trouble("030102", "blue", "饭店油烟直排", "楼下饭店的油烟直接排到小区里，一开窗全是味道。"),
            new Trouble("100601", "blue", "灌溉渠道淤塞", "上游渠道淤塞，下游十几户的田放不进水。"),
            new Trouble("070201", "blue", "想了解养老院收费", "父亲八十二岁，想了解公办养老院的条件和收费标准。"),
            new Trouble("080101", "blue", "随迁孩子怎么报名", "我们外地来务工，孩子今年上小学，不知道怎么报名、要什么材料。"),
            new Trouble("110102", "blue", "不动产证一直没办下来", "房子交了三年，不动产证一直没有办下来，窗口说材料还差一份。"),
            new Trouble("060401", "red", "电梯常常困人", "这个月电梯已经困人三次，物业只是重启，没有彻底修。"),
            new Trouble("140501", "yellow", "下水道堵塞返水", "一楼下水道堵塞返水，厨房没法用，疏通一次好两天。"),
            new Trouble("090201", "blue", "外地住院怎么报销", "母亲在杭州住院，想问异地就医备案和报销比例。"),
            new Trouble("020401", "yellow", "楼顶私搭铁皮房", "顶楼住户在楼顶搭了铁皮房，刮风时响得厉害，怕掉下来。"));

    private final Matters matters;
    private final Directory directory;
    private final MediationRoster mediators;
    private final InstantSource clock;

    Samples(Matters matters, Directory directory, MediationRoster mediators, InstantSource clock) {
        this.mediators = mediators;
        this.matters = matters;
        this.directory = directory;
        this.clock = clock;
    }

    /** @param villages where they happen, in turn */
    void make(List<Division> villages, UUID accused) {
        Unit centre = directory.findUnit(County.centre()).orElseThrow();
        Actor clerk = holder(centre, Role.WINDOW_CLERK);
        Actor dispatcher = holder(centre, Role.DISPATCHER);
        Actor verifier = holder(centre, Role.VERIFIER);
        Actor supervisor = holder(centre, Role.SUPERVISOR);
        Invented invented = new Invented(7);
        for (int i = 0; i < 2 * TROUBLES.size(); i++) {
            Trouble trouble = TROUBLES.get(i % TROUBLES.size());
            Division village = villages.get(i * 13 % villages.size());
            Stage stage = Stage.values()[(i + i / TROUBLES.size() * 3) % Stage.values().length];
            Walk walk = new Walk("demo-%02d".formatted(i));
            walk.report(Map.of("title", trouble.title(), "description", trouble.words(), "place", village.code(), "name", invented.name(),
                    "phone", TELEPHONE));
            walk.to(stage, Stage.REGISTERED, clerk, "confirm", Map.of());
            walk.to(stage, Stage.SORTED, dispatcher, "sort", Map.of("kind", "service", "category", trouble.category(), "level", trouble.level()));
            Optional<Handling> handling = directory.whoHandles(trouble.category(), village.code());
            if (handling.isPresent() && stage.compareTo(Stage.ASSIGNED) >= 0) {
                Actor handler = holder(handling.get().lead(), Role.HANDLER);
                Map<String, Object> assigned = new LinkedHashMap<>(Map.of("lead", handling.get().lead().id().toString(), "reason", "按职责分工办理。"));
                if (!handling.get().helpers().isEmpty()) {
                    assigned.put("helpers", handling.get().helpers().stream().map(unit -> unit.id().toString()).toList());
                }
                walk.to(stage, Stage.ASSIGNED, dispatcher, "assign", assigned);
                walk.to(stage, Stage.ACCEPTED, handler, "accept", Map.of());
                if (stage == Stage.ACCEPTED && i < TROUBLES.size()) {
                    walk.does(supervisor, "supervise", Map.of("demand", "请三个工作日内书面说明办理情况和完成时间。", "term", "three"));
                }
                walk.to(stage, Stage.HANDLED, handler, "handle", Map.of("done", "已到现场查看并与反映人联系，问题已经处理。"));
                walk.to(stage, Stage.ANSWERED, handler, "answer", Map.of("answer", "您好，您反映的问题已经处理，现场情况您可以随时查看。如还有不便，请再告诉我们。"));
                walk.to(stage, Stage.CLOSED, verifier, "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved"));
            }
        }
        disputes(villages, invented, clerk, dispatcher);
        new Walk("demo-office").report(Map.of("title", "办事窗口态度生硬", "description", "去窗口办事问了几句，工作人员态度生硬，让我自己上网查。", "place", villages.getFirst().code(),
                "about-office", "true", "accused", accused.toString(), "name", invented.name(), "phone", TELEPHONE));
        committees();
        mediated(villages, invented, clerk, dispatcher);
        petition(villages.getFirst(), invented.name(), clerk, dispatcher, verifier);
    }

    /** A claim that was replied to and whose petitioner asked for review. */
    private void petition(Division village, String name, Actor clerk, Actor dispatcher, Actor verifier) {
        Unit handling = directory.searchUnits("人力资源和社会保障局", County.CODE, 1).getFirst();
        Unit reviewing = directory.searchUnits("绍兴市信访局", County.PREFECTURE, 1).getFirst();
        Actor handler = holder(handling, Role.HANDLER);
        Walk walk = new Walk("demo-petition");
        walk.report(Map.of("title", "参保补缴年限没有算进去", "description", "我在集体企业工作过六年，退休时只算了三年，请求重新核定并书面答复。", "place", village.code(),
                "name", name, "phone", TELEPHONE));
        walk.does(clerk, "confirm", Map.of());
        walk.does(dispatcher, "sort", Map.of("kind", "petition", "category", "040401", "level", "blue"));
        walk.does(dispatcher, "assign", Map.of("lead", handling.id().toString(), "sort", "claim", "manner", "assigned", "term", "d45",
                "reason", "养老保险缴费年限由人社部门核定，请依法处理并报送结果。"));
        walk.does(handler, "accept", Map.of("notice", "您的申诉求决事项决定受理，六十日内书面答复。"));
        walk.does(handler, "handle", Map.of("done", "调取职工档案和缴费记录核对。"));
        walk.does(handler, "report-result", Map.of("report", "已核对档案并出具处理意见书。"));
        walk.does(handler, "answer", Map.of("requests", "请求把六年集体企业工龄算作缴费年限。", "facts", "档案中有三年的招工表和工资表，另三年没有原始材料。", "opinion", "explained",
                "answer", "已认定三年；另三年补充原始材料后可以重新核定。", "ground", "《中华人民共和国社会保险法》第十六条。", "told", "true"));
        walk.does(verifier, "verify", Map.of("asked", "asked", "resolved", "partly", "satisfied", "no", "outcome", "explained"));
        walk.asReporter("ask-review", Map.of("reason", "原企业的会计可以作证，我补充了两张工资条。"));
        walk.does(dispatcher, "assign-review", Map.of("lead", reviewing.id().toString(), "reason", "请依法复查。"));
    }

    /** The committees of the county and its towns with what their mediators are good at, all invented. */
    private void committees() {
        List<List<String>> skills = List.of(List.of("neighbours", "house", "land"), List.of("traffic", "damage"), List.of("marriage", "neighbours"), List.of("labour", "contract"),
                List.of("medical", "damage"), List.of("property", "consumer"), List.of("expropriation", "land"));
        int drawn = 0;
        for (Unit unit : directory.searchUnits("人民调解委员会", COUNTY, 200)) {
            if (unit.type() != UnitType.MEDIATION_COMMITTEE) {
                continue;
            }
            List<MediationRoster.Member> members = new ArrayList<>();
            for (HeldPost held : directory.holders(unit.id(), Role.MEDIATOR, clock.instant())) {
                drawn++;
                members.add(new MediationRoster.Member(held.post(), "hired", drawn % 2 == 0, skills.get(drawn % skills.size()), List.of("普通话", "诸暨话"), 12, true));
            }
            boolean county = unit.division().equals(COUNTY);
            mediators.enter(new MediationRoster.Committee(unit.id(), county ? "region" : unit.division().length() <= 9 ? "town" : "village", "", "演示数据，人物均为虚构。", members,
                    county ? List.of("第一调解室", "第二调解室") : List.of("调解室")));
        }
    }

    /** A wall between neighbours whose sides are asked, and an accident that is paid for in instalments, the first of them paid. */
    private void mediated(List<Division> villages, Invented invented, Actor clerk, Actor dispatcher) {
        Unit committee = directory.searchUnits("诸暨市人民调解委员会", COUNTY, 1).getFirst();
        Actor mediator = new Actor.Staff(directory.holders(committee.id(), Role.MEDIATOR, clock.instant()).stream().filter(held -> held.title().equals("专职调解员一")).findFirst().orElseThrow());
        Walk wall = taken("demo-wall", villages.get(2), invented, clerk, dispatcher, committee, mediator, "邻居砌墙占了过道", "邻居翻建院墙，往外移了三尺，三轮车过不去。", "neighbours", "application-one");
        wall.asReporter("consent", Map.of("told", "true", "open", "closed"));
        Map<String, Object> named = Map.of("mediator", ((Actor.Staff) mediator).post().toString(), "how", "appointed", "no-interest", "true");
        wall.does(mediator, "appoint", named);
        Walk accident = taken("demo-accident", villages.get(3), invented, clerk, dispatcher, committee, mediator, "电动车被小货车撞了", "在路口被小货车撞伤，住院半个月，司机和保险公司都说等等。", "traffic",
                "police");
        accident.asReporter("consent", Map.of("told", "true", "open", "closed"));
        LocalDate today = CivilTime.dateOf(clock.instant());
        String when = CivilTime.of(clock.instant().minusSeconds(3_600)).toLocalDateTime().withSecond(0).withNano(0).toString();
        accident.does(mediator, "consent-recorded", Map.of("whose", "2", "how", "in-person", "at", when, "told", "true", "open", "closed"));
        accident.does(mediator, "appoint", named);
        accident.does(mediator, "willing", Map.of());
        accident.asReporter("offer", Map.of("to", List.of("2"), "offer", "医药费、误工费和修车钱一共要三万六。", "amount", "36000"));
        accident.does(mediator, "offer-recorded", Map.of("whose", List.of("2"), "shown", List.of("1"), "offer", "车子有保险，愿意赔两万四。", "amount", "24000"));
        accident.asReporter("offer", Map.of("to", List.of("2"), "offer", "分期也可以，三万。", "amount", "30000"));
        accident.does(mediator, "oral", Map.of("at", CivilTime.of(clock.instant()).toLocalDateTime().withSecond(0).withNano(0).toString(), "where", "市调委会调解室", "present", List.of("1", "2"), "facts", "小货车在路口转弯时撞到电动车，反映人住院十五天。",
                "responsibility", "货车一方承担全部责任。", "no-paper", "true", "terms", List.of("2\t1\t当场支付医药费\t12000\t" + today + "\t现金",
                        "2\t1\t支付误工费\t9000\t" + today.plusDays(20) + "\t银行转账", "2\t1\t支付修车费和其他损失\t9000\t" + today.plusDays(50) + "\t银行转账")));
        accident.does(mediator, "perform", Map.of("which", "1", "amount", "12000", "on", today.toString()));
    }

    private Walk taken(String key, Division village, Invented invented, Actor clerk, Actor dispatcher, Unit committee, Actor mediator, String title, String words, String type,
            String source) {
        Walk walk = new Walk(key);
        walk.report(Map.of("title", title, "description", words, "place", village.code(), "name", invented.name(), "phone", TELEPHONE));
        walk.does(clerk, "confirm", Map.of());
        walk.does(dispatcher, "sort", Map.of("kind", "dispute", "category", "0101", "level", "blue"));
        walk.does(dispatcher, "assign", Map.of("lead", committee.id().toString(), "reason", "双方都在本市，由市调委会调解。"));
        walk.does(mediator, "accept", Map.of());
        walk.does(mediator, "party", Map.of("role", "respondent", "name", invented.name(), "phone", TELEPHONE));
        Map<String, Object> taken = new LinkedHashMap<>(Map.of("source", source, "type", type, "applicants", List.of("1"), "respondents", List.of("2"), "facts", words, "fit", "true"));
        if (source.equals("police")) {
            taken.put("entrusted-by", directory.searchUnits("公安局", COUNTY, 1).getFirst().id().toString());
        }
        walk.does(mediator, "take-up", taken);
        return walk;
    }

    /** What is fought over: returned twice and waiting for the ruling, a whistle that departments answer, an order of the hotline. */
    private void disputes(List<Division> villages, Invented invented, Actor clerk, Actor dispatcher) {
        Division village = villages.getFirst();
        Unit first = directory.searchUnits("综合行政执法局", COUNTY, 1).getFirst();
        Unit second = directory.searchUnits("交通运输局", COUNTY, 1).getFirst();
        Walk disputed = new Walk("demo-disputed");
        disputed.report(Map.of("title", "公路边堆土没人管", "description", "公路边堆了几车渣土，执法局说归交通，交通说归执法。", "place", village.code(), "name", invented.name(),
                "phone", TELEPHONE));
        disputed.does(clerk, "confirm", Map.of());
        disputed.does(dispatcher, "sort", Map.of("kind", "service", "category", "020301", "level", "blue"));
        for (Unit unit : List.of(first, second)) {
            disputed.does(dispatcher, "assign", Map.of("lead", unit.id().toString(), "reason", "按职责分工办理。"));
            disputed.does(holder(unit, Role.HANDLER), "return", Map.of("reason", "现场核实后认为不属于本单位职责，请另行确定。"));
        }
        Unit town = directory.searchUnits("枫桥镇人民政府", COUNTY, 20).stream().filter(unit -> unit.type() == UnitType.TOWN).findFirst().orElseThrow();
        Walk whistled = new Walk("demo-whistle");
        whistled.report(Map.of("title", "河道边搭了一排棚子", "description", "河边搭了一排棚子堆杂物，下大雨怕冲走，也有人住在里面。", "place", village.code(), "name",
                invented.name(), "phone", TELEPHONE));
        whistled.does(clerk, "confirm", Map.of());
        whistled.does(dispatcher, "sort", Map.of("kind", "service", "category", "020401", "level", "yellow"));
        whistled.does(dispatcher, "assign", Map.of("lead", town.id().toString(), "reason", "属地办理。"));
        whistled.does(holder(town, Role.HANDLER), "accept", Map.of());
        whistled.does(holder(town, Role.HANDLER), "whistle", Map.of("sort", "joint", "departments", List.of(first.id().toString(),
                directory.searchUnits("水利局", COUNTY, 1).getFirst().id().toString()), "request", "请到现场联合执法，镇里已经登记并通知清理。"));
        whistled.does(holder(town, Role.HEAD), "approve-whistle", Map.of());
        Walk order = new Walk("demo-order");
        order.register(clerk, Map.of("channel", "hotline-12345", "title", "小区停气", "description", "12345 转来：小区从早上开始停气，没有通知。", "place", village.code(),
                "category", "140101", "level", "yellow", "order-number", "DEMO-20260001", "urgency", "day"));
    }

    private Actor holder(Unit unit, Role role) {
        HeldPost held = directory.holders(unit.id(), role, clock.instant()).getFirst();
        return new Actor.Staff(held);
    }

    /** One matter on its way. When a county changed a procedure so that a step is refused, the matter stays where it is and the log says so. */
    private final class Walk {
        private final String key;
        private Matters.Answer.@Nullable Done at;

        Walk(String key) {
            this.key = key;
        }

        void report(Map<String, Object> input) {
            take(new Actor.Passerby(), Matters.Act.report("report", input, key + "-report"));
        }

        void register(Actor who, Map<String, Object> input) {
            take(who, Matters.Act.report("register", input, key + "-register"));
        }

        /** The next step, whatever its name: the key is of the step's number, so that one done twice on the way has two. */
        void does(Actor who, String action, Map<String, Object> input) {
            Matters.Answer.Done now = at;
            if (now != null) {
                take(who, Matters.Act.on(now.matter(), action, input, now.version(), key + "-" + now.version() + "-" + action));
            }
        }

        void to(Stage wanted, Stage reached, Actor who, String action, Map<String, Object> input) {
            Matters.Answer.Done now = at;
            if (now != null && wanted.compareTo(reached) >= 0) {
                take(who, Matters.Act.on(now.matter(), action, input, now.version(), key + "-" + action));
            }
        }

        void asReporter(String action, Map<String, Object> input) {
            Matters.Answer.Done now = at;
            if (now != null) {
                does(new Actor.Resident(now.matter(), 1), action, input);
            }
        }

        private void take(Actor who, Matters.Act act) {
            switch (Acting.as(who, () -> matters.act(act))) {
                case Matters.Answer.Done done -> at = done;
                case Matters.Answer.Refused(var refusals) -> {
                    LOG.warn("the sample matter {} stays where it is, {} was refused: {}", key, act.action(), refusals);
                    at = null;
                }
                case Matters.Answer.Stale stale -> {
                    LOG.info("the sample matter {} went on without us: {}", key, stale.state());
                    at = null;
                }
            }
        }
    }
}
