package org.heshi.exchange.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class MappingFileTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String shipped(String name) {
        try {
            return Files.readString(Path.of("src/main/resources/orders/" + name + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mapping mapping(String yaml) {
        List<String> problems = new ArrayList<>();
        Optional<Mapping> mapping = MappingFile.read("a.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems).isEmpty();
        return mapping.orElseThrow();
    }

    private static List<String> problems(String yaml) {
        List<String> problems = new ArrayList<>();
        assertThat(MappingFile.read("a.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems)).isEmpty();
        return problems;
    }

    private static void wrong(String what, String instead, String expected) {
        String yaml = shipped("hotline-12345");
        assertThat(yaml).contains(what);
        assertThat(problems(yaml.replace(what, instead))).as(instead).anySatisfy(problem -> assertThat(problem).startsWith("a.yaml:").contains(expected));
    }

    @Test
    void everyMistakeIsSaidWithItsLine() {
        assertThat(problems(shipped("hotline-12345").replace("\"2\": red", "\"2\": purple")))
                .containsExactly("a.yaml:21: level: 'purple' is unknown here, known are blue, red, yellow");
        assertThat(problems(shipped("hotline-12345").replace("place: {at: /areaCode}", "place: {at: areaCode}\n  placce: {at: /x}")))
                .containsExactly("a.yaml:28: order: unknown key 'placce', known are about-office, accused-words, anonymous, category, channel, description, email, level, name, occurred-at, phone, place, "
                        + "place-words, point, title, urgency", "a.yaml:27: place: 'areaCode' is no JSON pointer such as /data/orderNo");
        wrong("number: {at: /orderNo, required: true}", "number: {at: /orderNo}", "required: true");
        wrong("number: {at: /orderNo, required: true}", "# none", "'number' is missing");
        wrong("mapping: hotline-12345", "mapping: 热线", "name in the address");
        wrong("7D: week", "7D: fortnite", "'fortnite' is unknown here");
        wrong("zone: Asia/Shanghai", "zone: Asia/Shangai", "time:");
        wrong("format: yyyy-MM-dd HH:mm:ss", "format: yyyy-MM-dd nonsense", "time:");
        wrong("{of: words}", "{of: contact}", "'contact' is unknown here, known are handed-back-at");
        wrong("channel: {is: hotline-12345}", "channel: {is: fax}", "'fax' is unknown here");
        wrong("\"0102\": \"0703\"", "\"0102\": \"070\"", "no code of a category");
        wrong("title: {at: [/title, /content], required: true, cut: 60}", "title: {at: /title, cut: many}", "'cut' is a number");
        wrong("supplement: {at: /content, required: true}", "# none", "'supplement' is missing");
        wrong("/data/acceptTime: {of: at}", "/data: {of: at}", "cannot both be written");
        wrong("/code: {is: 0}", "/code: {of: number, is: 0}", "either 'of' or 'is'");
        wrong("otherwise: \"9\"", "as: number", "must be a number");
        wrong("unknown: blue", "unknown: green", "'green' is unknown here");
        String department = shipped("department");
        assertThat(problems(department.replace("signed: {at: /by}", "signed: {at: /by}\nresult: {}"))).anyMatch(problem -> problem.contains("'result' has no place"));
        assertThat(problems(department.replace("solved: answered", "solved: returned"))).anyMatch(problem -> problem.contains("'returned' is unknown here, known are answered, declined, progress, signed"));
        assertThat(problems(department.replace("{of: title}", "{of: phone}"))).anyMatch(problem -> problem.contains("'phone' is unknown here"));
        assertThat(problems(department.replace("progress: {at: /note, required: true}", "# none"))).anyMatch(problem -> problem.contains("'progress' is missing"));
        assertThat(problems(shipped("agency") + "signed: {at: /by}\n")).anyMatch(problem -> problem.contains("'signed' has no place"));
        assertThat(problems("")).hasSize(1);
        assertThat(problems("- a")).hasSize(1);
        assertThat(problems("a: [")).hasSize(1).first().asString().startsWith("a.yaml:");
        assertThat(problems("x: &a [1]\ny: *a")).isNotEmpty();
        assertThat(problems("a: ".repeat(1) + "[".repeat(200) + "]".repeat(200))).isNotEmpty();
    }

    @Test
    void aFolderIsCheckedAsAtTheStart(@org.junit.jupiter.api.io.TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), shipped("agency").replace("mapping: agency", "mapping: traffic"));
        List<String> problems = new ArrayList<>();
        assertThat(Mappings.own(folder, problems)).containsOnlyKeys("traffic");
        assertThat(problems).isEmpty();
        assertThat(Mappings.read(Optional.of(folder), problems)).containsOnlyKeys("agency", "department", "hotline-12345", "traffic");
        Files.writeString(folder.resolve("same.yaml"), shipped("agency").replace("mapping: agency", "mapping: traffic"));
        Files.writeString(folder.resolve("wrong.yaml"), "mapping: x");
        Mappings.own(folder, problems);
        assertThat(problems).anyMatch(one -> one.contains("two mappings of the name 'traffic'")).anyMatch(one -> one.contains("wrong.yaml:1:"));
        List<String> none = new ArrayList<>();
        Mappings.own(folder.resolve("nowhere"), none);
        assertThat(none).hasSize(1);
    }

    @Test
    void anOrderOfTheHotlineIsRead() {
        Mapping.Read read = mapping(shipped("hotline-12345")).read(JSON.readTree("""
                {"type":"1","orderNo":"GD2026112300017","content":"小区门口井盖松动，车一过就响。","timeLimit":"7D","urgentLevel":"1","typeCode":"0201","areaCode":"330681109",
                 "address":"枫桥镇步森大道口","callTime":"2026-07-01 08:30:00","caller":{"name":"张三","phone":"13900000001","secret":0}}""")).read().orElseThrow();
        assertThat(read.event()).isEqualTo(Mapping.Event.ORDER);
        assertThat(read.number()).isEqualTo("GD2026112300017");
        assertThat(read.input()).containsEntry("urgency", "week").containsEntry("level", "yellow").containsEntry("category", "02").containsEntry("channel", "hotline-12345")
                .containsEntry("occurred-at", "2026-07-01T00:30:00Z").containsEntry("anonymous", "false").containsEntry("title", "小区门口井盖松动，车一过就响。");
    }

    @Test
    void codesThatNobodyKnowsAreRefusedWithTheListOrLeftForPeople() {
        Mapping mapping = mapping(shipped("hotline-12345"));
        ObjectNode order = (ObjectNode) JSON.readTree("{\"type\":\"1\",\"orderNo\":\"A1\",\"content\":\"内容\",\"timeLimit\":\"3D\",\"typeCode\":\"9999\",\"urgentLevel\":\"9\"}");
        assertThat(mapping.read(order).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/timeLimit");
            assertThat(fault.code()).isEqualTo("order-unknown");
            assertThat(fault.arguments()).containsExactly("3D", "15D, 24H, 2H, 7D");
        });
        order.put("timeLimit", "7D");
        assertThat(mapping.read(order).read().orElseThrow().input()).containsEntry("level", "blue").doesNotContainKey("category");
    }

    @Test
    void everyFaultIsNamedAtOnceWithItsPlace() {
        List<Fault> faults = mapping(shipped("hotline-12345")).read(JSON.readTree(
                "{\"type\":\"1\",\"orderNo\":\"A 1\",\"content\":[\"x\"],\"timeLimit\":{},\"callTime\":\"gestern\",\"caller\":{\"name\":{}}}")).faults();
        assertThat(faults).extracting(Fault::pointer).contains("/orderNo", "/content", "/timeLimit", "/callTime", "/caller/name");
        assertThat(mapping(shipped("hotline-12345")).read(JSON.readTree("{}")).faults()).extracting(Fault::pointer).contains("/type", "/orderNo");
        assertThat(mapping(shipped("agency")).read(JSON.readTree("{\"event\":\"created\",\"case\":{\"id\":\"1\",\"subject\":\"x\",\"text\":\"y\",\"occurredAt\":\"2026-01-01T10:00:00\"},\"eventId\":\"e\"}"))
                .read()).as("a time without a zone is one of ours").isEmpty();
    }

    @Test
    void whatIsHandedBackHasTheirShape() {
        Map<String, Object> ours = new HashMap<>(Map.of("order", "GD1", "number", "0012600000017", "id", "x", "words", "已修好", "outcome", "resolved", "handed-back-at", Instant.parse("2026-07-02T01:00:00Z"),
                "registered-at", Instant.parse("2026-07-01T01:00:00Z")));
        assertThat(Mapping.write(mapping(shipped("hotline-12345")).result(), ours)).hasToString(
                "{\"orderNo\":\"GD1\",\"acceptNo\":\"0012600000017\",\"replyId\":\"x\",\"replyContent\":\"已修好\",\"replyTime\":\"2026-07-02 09:00:00\",\"registerTime\":\"2026-07-01 09:00:00\",\"result\":\"1\"}");
        ours.put("outcome", "new-one");
        assertThat(Mapping.write(mapping(shipped("hotline-12345")).result(), ours).path("result").asString()).isEqualTo("9");
        assertThat(Mapping.write(mapping(shipped("agency")).accepted(), Map.of("order", "7", "again", "true"))).hasToString("{\"status\":\"accepted\",\"case\":{\"id\":\"7\"},\"again\":true}");
    }

    @Property(tries = 400)
    void whateverComesIsReadOrRefusedAndNothingElse(@ForAll("messages") JsonNode message) {
        for (String name : List.of("hotline-12345", "agency")) {
            Mapping.Reading reading = mapping(shipped(name)).read(message);
            assertThat(reading.read().isPresent()).isEqualTo(reading.faults().isEmpty());
            reading.read().ifPresent(read -> {
                assertThat(read.number()).matches("[A-Za-z0-9-]{1,40}");
                assertThat(Mapping.FIELDS).containsAll(read.event() == Mapping.Event.ORDER ? read.input().keySet() : List.of());
            });
        }
    }

    @Provide
    Arbitrary<JsonNode> messages() {
        Arbitrary<JsonNode> plain = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(30).map(text -> JSON.getNodeFactory().stringNode(text)),
                Arbitraries.of("1", "2", "3", "7D", "created", "amended", "GD1", "2026-07-01 08:30:00", "2026-07-01T08:30:00+08:00", "9999999999999999999", "").map(text -> JSON.getNodeFactory().stringNode(text)),
                Arbitraries.integers().map(number -> JSON.getNodeFactory().numberNode(number)), Arbitraries.doubles().map(number -> JSON.getNodeFactory().numberNode(number)),
                Arbitraries.of(true, false).map(truth -> JSON.getNodeFactory().booleanNode(truth)), Arbitraries.just(JSON.getNodeFactory().nullNode()),
                Arbitraries.integers().between(0, 3).map(n -> {
                    ArrayNode list = JSON.createArrayNode();
                    for (int i = 0; i < n; i++) {
                        list.add(i);
                    }
                    return list;
                }));
        Arbitrary<String> names = Arbitraries.of("type", "orderNo", "msgId", "title", "content", "timeLimit", "urgentLevel", "typeCode", "areaCode", "address", "callTime", "caller", "event", "eventId", "case", "note",
                "id", "subject", "text", "priority", "topic", "name", "phone", "secret", "aboutOffice");
        Arbitrary<JsonNode> inner = Combinators.combine(names, plain).as(Map::entry).list().ofMaxSize(8).map(MappingFileTests::object);
        return Combinators.combine(names, Arbitraries.oneOf(plain, plain, inner)).as(Map::entry).list().ofMaxSize(14).map(MappingFileTests::object);
    }

    private static JsonNode object(List<Map.Entry<String, JsonNode>> members) {
        ObjectNode object = JSON.createObjectNode();
        members.forEach(member -> object.set(member.getKey(), member.getValue()));
        return object;
    }
}
