package org.heshi.demo.county;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.jspecify.annotations.Nullable;

/** The whole demo county drawn on paper: what is entered into the directory, and who of it can sign in. The same places give the same county. */
final class County {

    static final String CODE = "330681";
    static final String PREFECTURE = "3306";
    static final String PROVINCE = "33";
    private static final long SEED = 20231109;
    private static final String MARK = "（演示）";

    /** A village with the grids under it. */
    record Village(Division place, List<Division> grids) {
    }

    record Town(Division place, List<Village> villages) {
    }

    /**
     * @param people  the one who is each of the demo people
     * @param accused the office that the sample complaint is about
     * @param bureau  that the demo's head of a unit answers for
     */
    record Plan(Roster.Entries entries, Map<DemoPerson, UUID> people, UUID accused, UUID bureau) {
    }

    private final Invented invented = new Invented(SEED);
    private final List<Unit> units = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final List<Roster.NewPost> posts = new ArrayList<>();
    private final List<Roster.NewHolding> holdings = new ArrayList<>();
    private final List<Roster.NewRule> rules = new ArrayList<>();
    private final List<Roster.NewReceivingOrgan> organs = new ArrayList<>();
    private final Map<DemoPerson, UUID> demoPeople = new EnumMap<>(DemoPerson.class);
    private final Map<String, UUID> departments = new HashMap<>();
    private final Map<String, UUID> byKey = new HashMap<>();

    private County() {
    }

    /** Id of the county's centre: the first that is drawn. Where it is, the demo was entered. */
    static UUID centre() {
        return new Invented(SEED).id();
    }

    static Plan draw(Division county, List<Town> towns, Instant from) {
        County drawing = new County();
        drawing.county(county.name());
        drawing.departments(county.name());
        for (Town town : towns) {
            drawing.town(town);
        }
        drawing.countyRules();
        drawing.demoPeople(towns);
        return new Plan(new Roster.Entries(from, drawing.units, drawing.people, drawing.posts, drawing.holdings, drawing.rules, drawing.organs),
                Map.copyOf(drawing.demoPeople), drawing.departments.get("民政局"), drawing.departments.get("综合行政执法局"));
    }

    private void county(String name) {
        UUID centre = unit("centre", UnitType.CENTRE, name + "社会治理中心" + MARK, CODE, null);
        post(centre, "中心主任", Role.HEAD);
        for (String window : List.of("综合窗口一", "综合窗口二", "综合窗口三")) {
            post(centre, window + "受理员", Role.WINDOW_CLERK);
        }
        post(centre, "分流派单员（甲岗）", Role.DISPATCHER);
        post(centre, "分流派单员（乙岗）", Role.DISPATCHER);
        post(centre, "核查回访员（甲岗）", Role.VERIFIER);
        post(centre, "核查回访员（乙岗）", Role.VERIFIER);
        post(centre, "督查专员", Role.SUPERVISOR);
        post(centre, "审计专员", Role.AUDITOR);
        post(centre, "系统管理员", Role.ADMINISTRATOR);

        UUID committee = unit("mediation", UnitType.MEDIATION_COMMITTEE, name + "人民调解委员会", CODE, null);
        post(committee, "主任", Role.HEAD);
        for (String number : List.of("一", "二", "三", "四")) {
            post(committee, "专职调解员" + number, Role.MEDIATOR, Role.HANDLER);
        }

        UUID organ = unit("discipline", UnitType.DEPARTMENT, name + "纪检监察信访受理处" + MARK, CODE, null);
        receivingPosts(organ);
        organs.add(new Roster.NewReceivingOrgan(CODE, organ));
        UUID above = unit("above", UnitType.DEPARTMENT, "绍兴市纪检监察信访受理处" + MARK, PREFECTURE, null);
        receivingPosts(above);
        organs.add(new Roster.NewReceivingOrgan(PREFECTURE, above));
        // the organs above for review and re-review
        receivingPosts(unit("review", UnitType.DEPARTMENT, "绍兴市信访局" + MARK, PREFECTURE, null));
        receivingPosts(unit("recheck", UnitType.DEPARTMENT, "浙江省信访局" + MARK, PROVINCE, null));

        for (String provider : List.of("供水服务单位", "供电服务单位", "物业维修服务单位")) {
            UUID unit = unit(provider, UnitType.PROVIDER, name + provider + MARK, CODE, null);
            post(unit, "负责人", Role.HEAD);
            post(unit, "承办人", Role.HANDLER);
        }
    }

    private void receivingPosts(UUID organ) {
        post(organ, "负责人", Role.HEAD);
        post(organ, "受理分办员", Role.WINDOW_CLERK, Role.DISPATCHER);
        post(organ, "承办人", Role.HANDLER);
        post(organ, "核查员", Role.VERIFIER);
    }

    private void departments(String name) {
        for (String department : List.of("公安局", "司法局", "人力资源和社会保障局", "住房和城乡建设局", "综合行政执法局", "自然资源和规划局", "交通运输局",
                "水利局", "农业农村局", "卫生健康局", "教育体育局", "民政局", "市场监督管理局", "应急管理局", "文化广电旅游局", "医疗保障局", "税务局", "退役军人事务局",
                "发展和改革局", "信访局", "政务服务办公室")) {
            department(department, name + department, UnitType.DEPARTMENT);
        }
        department("生态环境分局", "绍兴市生态环境局诸暨分局", UnitType.DEPARTMENT);
        department("消防救援大队", name + "消防救援大队", UnitType.DEPARTMENT);
        department("妇女联合会", name + "妇女联合会", UnitType.DEPARTMENT);
        department("人民检察院", name + "人民检察院", UnitType.DEPARTMENT);
        department("人民法院", name + "人民法院", UnitType.COURT);
    }

    private void department(String key, String name, UnitType type) {
        UUID unit = unit(key, type, name, CODE, null);
        departments.put(key, unit);
        post(unit, "分管负责人", Role.HEAD);
        post(unit, "承办科室负责人", Role.HANDLER, Role.HEAD);
        post(unit, "承办人（甲岗）", Role.HANDLER);
        post(unit, "承办人（乙岗）", Role.HANDLER);
    }

    private void town(Town town) {
        String code = town.place().code();
        String name = town.place().name();
        boolean street = name.endsWith("街道");
        String shortName = name.replaceFirst("(街道|镇|乡)$", "");

        UUID government = unit("government " + code, UnitType.TOWN, name + (street ? "办事处" : "人民政府"), code, null);
        post(government, "分管负责人", Role.HEAD);
        post(government, "综合执法承办人", Role.HANDLER);
        post(government, "民生服务承办人", Role.HANDLER);

        UUID centre = unit("centre " + code, UnitType.CENTRE, name + "社会治理中心", code, government);
        post(centre, "中心主任", Role.HEAD);
        post(centre, "受理派单员", Role.WINDOW_CLERK, Role.DISPATCHER);
        post(centre, "窗口受理员", Role.WINDOW_CLERK);
        post(centre, "核查回访员", Role.VERIFIER);
        post(centre, "督查员", Role.SUPERVISOR);

        UUID police = unit("police " + code, UnitType.POLICE_STATION, "诸暨市公安局" + shortName + "派出所", code, departments.get("公安局"));
        post(police, "所长", Role.HEAD);
        post(police, "社区民警", Role.HANDLER);
        UUID judicial = unit("judicial " + code, UnitType.JUDICIAL_OFFICE, "诸暨市司法局" + shortName + "司法所", code, departments.get("司法局"));
        post(judicial, "所长", Role.HEAD);
        post(judicial, "司法助理员", Role.HANDLER, Role.MEDIATOR);
        UUID mediation = unit("mediation " + code, UnitType.MEDIATION_COMMITTEE, name + "人民调解委员会", code, null);
        post(mediation, "主任", Role.HEAD);
        post(mediation, "专职调解员一", Role.MEDIATOR, Role.HANDLER);
        post(mediation, "专职调解员二", Role.MEDIATOR, Role.HANDLER);

        rule("0101", code, mediation, police);
        rule("0102", code, mediation, judicial);
        rule("0103", code, government, mediation);
        rule("0203", code, government);
        rule("0204", code, government, departments.get("综合行政执法局"));
        rule("1005", code, government);
        rule("1301", code, police);
        for (Village village : town.villages()) {
            village(village, government, mediation);
        }
    }

    private void village(Village village, UUID government, UUID mediation) {
        String code = village.place().code();
        String name = committee(village.place().name());
        UUID committee = unit("village " + code, UnitType.VILLAGE_COMMITTEE, name, code, government);
        post(committee, "主任", Role.HEAD);
        post(committee, "民生委员", Role.HANDLER);
        post(committee, "治保委员", Role.HANDLER);
        post(committee, "调解委员", Role.MEDIATOR);
        UUID team = unit("grids " + code, UnitType.GRID_TEAM, name.replaceFirst("(村民|居民)委员会$", "") + "网格队", code, committee);
        post(team, "网格长", Role.HEAD);
        for (Division grid : village.grids()) {
            post(team, grid.name() + "网格员", Optional.of(grid.code()), Role.GRID_WORKER, Role.HANDLER);
        }
        rule("0101", code, committee, mediation);
        rule("0203", code, committee, government);
    }

    /** 枫源村委会 is 枫源村村民委员会, 望云社区居委会 is 望云社区居民委员会: the full names of the organic laws on villages and residents' committees. */
    static String committee(String place) {
        if (place.endsWith("村委会") || place.endsWith("村民委员会")) {
            String name = place.replaceFirst("(村委会|村民委员会)$", "");
            return (name.endsWith("村") ? name : name + "村") + "村民委员会";
        }
        String name = place.replaceFirst("(居委会|居民委员会)$", "");
        if (name.endsWith("村")) {
            return name + "村民委员会";
        }
        return (name.endsWith("社区") ? name : name + "社区") + "居民委员会";
    }

    private void countyRules() {
        UUID centre = at("centre");
        rule("", CODE, centre);
        rule("01", CODE, at("mediation"), departments.get("司法局"));
        rule("0102", CODE, at("mediation"), departments.get("妇女联合会"));
        rule("0105", CODE, departments.get("司法局"), at("mediation"));
        rule("010503", CODE, departments.get("公安局"), at("mediation"));
        rule("010504", CODE, departments.get("卫生健康局"), at("mediation"));
        rule("0106", CODE, departments.get("住房和城乡建设局"), at("物业维修服务单位"));
        rule("02", CODE, departments.get("住房和城乡建设局"));
        rule("0203", CODE, departments.get("综合行政执法局"));
        rule("0204", CODE, departments.get("综合行政执法局"), departments.get("自然资源和规划局"));
        rule("0206", CODE, departments.get("综合行政执法局"));
        rule("03", CODE, departments.get("生态环境分局"));
        rule("030102", CODE, departments.get("综合行政执法局"), departments.get("生态环境分局"));
        rule("030302", CODE, departments.get("综合行政执法局"), departments.get("住房和城乡建设局"));
        rule("030303", CODE, departments.get("公安局"), departments.get("综合行政执法局"));
        rule("04", CODE, departments.get("人力资源和社会保障局"));
        rule("040102", CODE, departments.get("人力资源和社会保障局"), departments.get("住房和城乡建设局"));
        rule("05", CODE, departments.get("交通运输局"));
        rule("0504", CODE, departments.get("公安局"), departments.get("交通运输局"));
        rule("0506", CODE, departments.get("综合行政执法局"), departments.get("公安局"));
        rule("06", CODE, departments.get("应急管理局"));
        rule("0601", CODE, departments.get("消防救援大队"), departments.get("应急管理局"));
        rule("0604", CODE, departments.get("市场监督管理局"), departments.get("应急管理局"));
        rule("0605", CODE, departments.get("住房和城乡建设局"), departments.get("应急管理局"));
        rule("07", CODE, departments.get("民政局"));
        rule("0706", CODE, departments.get("退役军人事务局"));
        rule("08", CODE, departments.get("教育体育局"));
        rule("09", CODE, departments.get("卫生健康局"));
        rule("0902", CODE, departments.get("医疗保障局"));
        rule("10", CODE, departments.get("农业农村局"));
        rule("1006", CODE, departments.get("水利局"));
        rule("11", CODE, departments.get("自然资源和规划局"));
        rule("12", CODE, departments.get("市场监督管理局"));
        rule("13", CODE, departments.get("公安局"));
        rule("1304", CODE, departments.get("司法局"));
        rule("1305", CODE, departments.get("人民法院"));
        rule("1306", CODE, departments.get("司法局"), departments.get("人民检察院"));
        rule("14", CODE, departments.get("发展和改革局"));
        rule("1401", CODE, at("供水服务单位"), departments.get("水利局"));
        rule("1402", CODE, at("供电服务单位"), departments.get("发展和改革局"));
        rule("1405", CODE, departments.get("住房和城乡建设局"));
        rule("15", CODE, departments.get("信访局"));
        rule("1502", CODE, departments.get("政务服务办公室"));
        rule("1503", CODE, departments.get("政务服务办公室"));
        rule("1505", CODE, departments.get("税务局"));
        rule("16", CODE, departments.get("文化广电旅游局"));
    }

    private void demoPeople(List<Town> towns) {
        Town town = towns.stream().filter(t -> t.place().name().equals("枫桥镇")).findFirst().orElse(towns.getFirst());
        Village village = town.villages().stream().filter(v -> v.place().name().startsWith("枫源")).findFirst().orElse(town.villages().getFirst());
        String townCode = town.place().code();
        String villageCode = village.place().code();
        demoPerson(DemoPerson.DIRECTOR, at("centre"), "中心主任");
        demoPerson(DemoPerson.CLERK, at("centre"), "综合窗口一受理员");
        demoPerson(DemoPerson.DISPATCHER, at("centre"), "分流派单员（甲岗）");
        demoPerson(DemoPerson.HANDLER, at("综合行政执法局"), "承办人（甲岗）");
        demoPerson(DemoPerson.HEAD, at("综合行政执法局"), "分管负责人");
        demoPerson(DemoPerson.VERIFIER, at("centre"), "核查回访员（甲岗）");
        demoPerson(DemoPerson.TOWN, at("centre " + townCode), "受理派单员");
        demoPerson(DemoPerson.TOWNHANDLER, at("government " + townCode), "综合执法承办人");
        demoPerson(DemoPerson.TOWNHEAD, at("government " + townCode), "分管负责人");
        demoPerson(DemoPerson.TRANSPORT, at("交通运输局"), "承办人（甲岗）");
        demoPerson(DemoPerson.VILLAGE, at("village " + villageCode), "民生委员");
        demoPerson(DemoPerson.GRID, at("grids " + villageCode), village.grids().getFirst().name() + "网格员");
        demoPerson(DemoPerson.MEDIATOR, at("mediation"), "专职调解员一");
        demoPerson(DemoPerson.SUPERVISOR, at("centre"), "督查专员");
        demoPerson(DemoPerson.AUDITOR, at("centre"), "审计专员");
        demoPerson(DemoPerson.ADMIN, at("centre"), "系统管理员");
    }

    private void demoPerson(DemoPerson who, UUID unit, String title) {
        UUID post = posts.stream().filter(p -> p.unit().equals(unit) && p.title().equals(title)).findFirst().orElseThrow().id();
        UUID id = holdings.stream().filter(h -> h.post().equals(post)).findFirst().orElseThrow().person();
        int index = 0;
        while (!people.get(index).id().equals(id)) {
            index++;
        }
        Person person = people.get(index);
        people.set(index, new Person(id, person.name(), person.phone(), Optional.of(who.signIn() + "@example.org")));
        demoPeople.put(who, id);
    }

    private UUID at(String key) {
        UUID id = byKey.get(key);
        if (id == null) {
            throw new IllegalArgumentException("no unit was drawn as " + key);
        }
        return id;
    }

    private UUID unit(String key, UnitType type, String name, String division, @Nullable UUID parent) {
        UUID id = invented.id();
        units.add(new Unit(id, type, name, division, Optional.ofNullable(parent)));
        byKey.put(key, id);
        return id;
    }

    private void post(UUID unit, String title, Role... roles) {
        post(unit, title, Optional.empty(), roles);
    }

    private void post(UUID unit, String title, Optional<String> division, Role... roles) {
        UUID post = invented.id();
        UUID person = invented.id();
        posts.add(new Roster.NewPost(post, unit, title, Set.of(roles), division));
        people.add(new Person(person, invented.name(), Optional.of(invented.phone()), Optional.empty()));
        holdings.add(new Roster.NewHolding(post, person));
    }

    private void rule(String category, String division, UUID lead, UUID... helpers) {
        rules.add(new Roster.NewRule(category, division, lead, List.of(helpers)));
    }
}
