package org.heshi.exchange.open311;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.heshi.ApiProgram;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Categories;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterLog;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Readings;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Written from the specification (GeoReport v2, Service Discovery, JSON and XML Conversion): every field, every parameter, every error. */
@HeshiTest
class Open311Tests {

    private static final String V2 = "/open311/v2";
    private static final String LAMPS = "020202";
    private static final List<String> REQUEST = List.of("service_request_id", "status", "status_notes", "service_name", "service_code", "description",
            "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long",
            "media_url");
    private static final String W3C = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)";
    private static County county;
    private static ApiProgram sender;

    @Autowired
    ApplicationContext context;
    @Autowired
    Catalogue catalogue;
    @Autowired
    Matters matters;
    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private Visitor anybody;

    @BeforeEach
    void aCounty() {
        anybody = new Visitor(port);
        if (county == null) {
            county = County.make(context);
            sender = ApiProgram.of(port, county.centre.id(), county.signedIn(new Visitor(port), county.administrator), "report", "follow");
            Acting.run(new Actor.Machine("test"), () -> {
                catalogue.keep(County.ROADS, false, "", "");
                catalogue.keep("0201", true, "房屋与住房方面的求助", "房屋, 住房");
                catalogue.ask(LAMPS, List.of(
                        new Attribute("TIP", 1, false, Attribute.Datatype.STRING, false, "", "灯杆上有编号牌", List.of()),
                        new Attribute("POLE", 2, true, Attribute.Datatype.STRING, true, "在灯杆上", "灯杆编号", List.of()),
                        new Attribute("LAMPS", 3, true, Attribute.Datatype.NUMBER, false, "", "坏了几盏", List.of()),
                        new Attribute("SINCE", 4, true, Attribute.Datatype.DATETIME, false, "", "什么时候开始的", List.of()),
                        new Attribute("MORE", 5, true, Attribute.Datatype.TEXT, false, "", "其他情况", List.of()),
                        new Attribute("HOW", 6, true, Attribute.Datatype.SINGLEVALUELIST, false, "", "怎么坏的",
                                List.of(new Attribute.Value("dark", "不亮"), new Attribute.Value("flicker", "闪烁"))),
                        new Attribute("WHAT", 7, true, Attribute.Datatype.MULTIVALUELIST, false, "", "哪里坏了",
                                List.of(new Attribute.Value("bulb", "灯泡"), new Attribute.Value("pole", "灯杆"), new Attribute.Value("wire", "电线")))));
            });
        }
    }

    private Visitor.Answer get(String path) {
        return anybody.get(path);
    }

    /** The same asked in both formats; what the JSON says, after it was found to be what the XML says. */
    private JsonNode both(String path) {
        String[] parts = path.split("\\?", 2);
        String query = parts.length == 2 ? "?" + parts[1] : "";
        Visitor.Answer xml = get(V2 + parts[0] + ".xml" + query);
        Visitor.Answer read = get(V2 + parts[0] + ".json" + query);
        assertThat(read.status()).as(read.body()).isEqualTo(xml.status());
        assertThat(xml.header("Content-Type").orElseThrow().toLowerCase().replace(" ", "")).isEqualTo("text/xml;charset=utf-8");
        assertThat(read.header("Content-Type").orElseThrow().toLowerCase().replace(" ", "")).isEqualTo("application/json;charset=utf-8");
        assertThat(xml.body()).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").doesNotContain("xmlns");
        assertThat(Spark.plain(json.readValue(read.body(), Object.class))).isEqualTo(Spark.json(Spark.xml(xml.body()).getDocumentElement()));
        return json.readTree(read.body());
    }

    private static String form(Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&").append(enc(name)).append('=').append(enc(value)));
        return form.toString();
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Visitor.Answer post(String path, String form, String... headers) {
        HttpRequest.Builder request = anybody.request(V2 + path).header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return anybody.send(request.POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private Map<String, String> good() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("api_key", sender.key());
        fields.put("jurisdiction_id", county.code);
        fields.put("service_code", County.ROADS);
        fields.put("address_string", "甲镇甲一村老供销社对面");
        // two that say the same would be one
        fields.put("description", "路面塌了一个大坑 " + UUID.randomUUID());
        return fields;
    }

    private JsonNode sent(Map<String, String> fields) {
        Visitor.Answer answer = post("/requests.json", form(fields));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private static void await(BooleanSupplier what) {
        Instant until = Instant.now().plus(Duration.ofSeconds(10));
        while (!what.getAsBoolean()) {
            assertThat(Instant.now()).as("it should have come by now").isBefore(until);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private boolean isPublic(MatterNumber number) {
        return get(V2 + "/requests/" + number.digits() + ".json").status() == 200;
    }

    /** Whether Open311 knows the newest entry of that matter. */
    private boolean followed(MatterNumber number) {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).execute(_ ->
                context.getBean("followerJdbc", org.springframework.jdbc.core.simple.JdbcClient.class).sql("""
                        select coalesce((select p.position <= (select f.position from matters.follower f where f.name = 'open311')
                          from matters.matter m join matters.position p on p.matter = m.id and p.seq = m.version where m.number = ?), false)
                        """).param(number.digits()).query(Boolean.class).single()));
    }

    private JsonNode one(MatterNumber number) {
        JsonNode all = both("/requests/" + number.digits());
        assertThat(all.isArray()).isTrue();
        assertThat(all.size()).isEqualTo(1);
        return all.get(0);
    }

    private void fault(Visitor.Answer answer, int status, String word) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        boolean xml = answer.header("Content-Type").orElseThrow().startsWith("text/xml");
        if (xml) {
            Element errors = Spark.xml(answer.body()).getDocumentElement();
            assertThat(errors.getTagName()).isEqualTo("errors");
            Element first = Spark.children(errors).getFirst();
            assertThat(first.getTagName()).isEqualTo("error");
            assertThat(Spark.text(first, "code")).isEqualTo(Integer.toString(status));
            assertThat(Spark.children(errors).toString() + errors.getTextContent()).contains(word);
        } else {
            JsonNode errors = json.readTree(answer.body());
            assertThat(errors.isArray()).as(answer.body()).isTrue();
            assertThat(errors.get(0).path("code").asInt()).isEqualTo(status);
            assertThat(errors.toString()).contains(word);
        }
    }

    // Service Discovery

    @Test
    void isDiscoveredInBothFormats() {
        Visitor.Answer xml = get("/open311/discovery.xml");
        Visitor.Answer read = get("/open311/discovery.json");
        assertThat(xml.status()).isEqualTo(200);
        assertThat(Spark.plain(json.readValue(read.body(), Object.class))).isEqualTo(Spark.json(Spark.xml(xml.body()).getDocumentElement()));
        assertThat(Spark.xml(xml.body()).getDocumentElement().getTagName()).isEqualTo("discovery");
        JsonNode discovery = json.readTree(read.body());
        assertThat(discovery.propertyNames()).containsExactly("changeset", "contact", "key_service", "endpoints");
        JsonNode endpoint = discovery.path("endpoints").get(0);
        assertThat(endpoint.propertyNames()).containsExactly("specification", "url", "changeset", "type", "formats");
        assertThat(endpoint.path("specification").asString()).isEqualTo("http://wiki.open311.org/GeoReport_v2");
        assertThat(endpoint.path("type").asString()).isEqualTo("production");
        assertThat(endpoint.path("url").asString()).endsWith("/open311/v2");
        assertThat(endpoint.path("formats").valueStream().map(JsonNode::asString)).containsExactly("text/xml", "application/json");
    }

    @Test
    void tellsWhenTheServicesChanged() {
        String before = json.readTree(get("/open311/discovery.json").body()).path("changeset").asString();
        Acting.run(new Actor.Machine("test"), () -> catalogue.keep("0302", false, "", ""));
        assertThat(json.readTree(get("/open311/discovery.json").body()).path("changeset").asString()).isGreaterThan(before);
    }

    // GET Service List

    @Test
    void listsServices() {
        JsonNode services = both("/services?jurisdiction_id=" + county.code);
        assertThat(services.isArray()).isTrue();
        assertThat(Spark.xml(get(V2 + "/services.xml").body()).getDocumentElement().getTagName()).isEqualTo("services");
        JsonNode lamps = services.valueStream().filter(one -> one.path("service_code").asString().equals(LAMPS)).findFirst().orElseThrow();
        assertThat(lamps.propertyNames()).containsExactlyInAnyOrder("service_code", "service_name", "description", "metadata", "type", "keywords", "group");
        assertThat(lamps.path("service_code").isString()).isTrue();
        assertThat(lamps.path("metadata").isBoolean()).isTrue();
        assertThat(lamps.path("metadata").asBoolean()).isTrue();
        assertThat(lamps.path("type").asString()).isEqualTo("realtime");
        assertThat(lamps.path("service_name").asString()).isEqualTo("路灯照明");
        assertThat(lamps.path("group").asString()).isEqualTo("市政设施");
        JsonNode houses = services.valueStream().filter(one -> one.path("service_code").asString().equals("0201")).findFirst().orElseThrow();
        assertThat(houses.path("type").asString()).isEqualTo("batch");
        assertThat(houses.path("metadata").asBoolean()).isFalse();
        assertThat(houses.path("description").asString()).isEqualTo("房屋与住房方面的求助");
        assertThat(houses.path("keywords").asString()).isEqualTo("房屋, 住房");
    }

    @Test
    void saysWhatItSaysInEnglishToo() {
        JsonNode services = json.readTree(anybody.get(V2 + "/services.json", "Accept-Language", "en").body());
        assertThat(services.toString()).contains("\"Street lights\"").contains("\"Public works\"");
    }

    @Test
    void offersNothingBetweenPeopleUnlessTheCountySaysSo() {
        assertThat(both("/services").valueStream().map(one -> one.path("service_code").asString())).isNotEmpty().noneMatch(code -> code.startsWith("01"))
                .noneMatch(code -> code.startsWith("13")).noneMatch(code -> code.startsWith("15"));
    }

    // GET Service Definition

    @Test
    void definesAServiceWithEveryDatatype() {
        JsonNode definition = both("/services/" + LAMPS);
        assertThat(definition.isObject()).isTrue();
        assertThat(definition.propertyNames()).containsExactly("service_code", "attributes");
        assertThat(definition.path("service_code").asString()).isEqualTo(LAMPS);
        JsonNode attributes = definition.path("attributes");
        assertThat(attributes.valueStream().map(one -> one.path("datatype").asString()))
                .containsExactly("string", "string", "number", "datetime", "text", "singlevaluelist", "multivaluelist");
        assertThat(attributes.valueStream().map(one -> one.path("order").asInt())).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(attributes.get(0).propertyNames())
                .containsExactlyInAnyOrder("variable", "code", "datatype", "required", "datatype_description", "order", "description", "values");
        assertThat(attributes.get(0).path("variable").asBoolean()).isFalse();
        assertThat(attributes.get(1).path("required").isBoolean() && attributes.get(1).path("required").asBoolean()).isTrue();
        assertThat(attributes.get(1).path("datatype_description").asString()).isEqualTo("在灯杆上");
        assertThat(attributes.get(2).path("datatype_description").isNull()).isTrue();
        assertThat(attributes.get(5).path("values").get(1).path("key").asString()).isEqualTo("flicker");
        assertThat(attributes.get(5).path("values").get(1).path("name").asString()).isEqualTo("闪烁");
        assertThat(Spark.xml(get(V2 + "/services/" + LAMPS + ".xml").body()).getDocumentElement().getTagName()).isEqualTo("service_definition");
    }

    @Test
    void definesAServiceThatAsksNothing() {
        JsonNode definition = both("/services/0201");
        assertThat(definition.path("attributes").isArray() && definition.path("attributes").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "json"})
    void saysWhatIsNotThere(String format) {
        fault(get(V2 + "/services/999999." + format), 404, "999999");
        fault(get(V2 + "/services/010101." + format), 404, "010101");
        fault(get(V2 + "/services." + format + "?jurisdiction_id=000000"), 404, "jurisdiction_id");
        fault(get(V2 + "/services/" + LAMPS + "." + format + "?jurisdiction_id=nowhere.example"), 404, "jurisdiction_id");
        fault(get(V2 + "/requests." + format + "?jurisdiction_id=000000"), 404, "jurisdiction_id");
        fault(get(V2 + "/requests/0000000000000." + format), 404, "service_request_id");
        fault(get(V2 + "/tokens/nonesuch." + format), 404, "token");
        fault(get(V2 + "/nothing." + format), 404, "");
        fault(get(V2 + "/requests." + format + "?service_code=999999"), 404, "service_code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/services.yaml", "/services.XML", "/requests.html", "/requests/1234567890123.csv", "/services", "/requests", "/tokens/1.txt", "/services/020202"})
    void knowsOnlyItsTwoFormats(String path) {
        Visitor.Answer answer = get(V2 + path);
        fault(answer, 404, "");
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/xml");
    }

    @Test
    void mayBeReadFromPagesOfOthers() {
        assertThat(get(V2 + "/services.json").header("Access-Control-Allow-Origin")).contains("*");
        assertThat(get(V2 + "/services.json").header("Set-Cookie")).isEmpty();
    }

    // POST Service Request

    @Test
    void takesARequestAndAnswersItsNumber() {
        JsonNode answer = sent(good());
        assertThat(answer.isArray()).isTrue();
        assertThat(answer.get(0).propertyNames()).containsExactly("service_request_id", "service_notice", "account_id");
        String number = answer.get(0).path("service_request_id").asString();
        assertThat(number).matches("[0-9]{13}");
        assertThat(answer.get(0).path("service_notice").asString()).contains("/follow/" + number);
        assertThat(answer.get(0).path("account_id").isNull()).isTrue();
        Visitor.Answer xml = post("/requests.xml", form(good()));
        Element requests = Spark.xml(xml.body()).getDocumentElement();
        assertThat(requests.getTagName()).isEqualTo("service_requests");
        assertThat(Spark.text(Spark.children(requests).getFirst(), "service_request_id")).matches("[0-9]{13}").isNotEqualTo(number);
        assertThat(Spark.text(Spark.children(requests).getFirst(), "token")).isNull();
    }

    private List<Readings.Reading> readings(String number) {
        UUID matter = id(number);
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(Readings.class).of(matter));
    }

    private UUID id(String number) {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(org.heshi.matters.MatterRows.class).find(MatterNumber.parse(number).orElseThrow()).orElseThrow());
    }

    @Test
    void keepsWhatWasSentAndDropsWhatIdentifiesADevice() {
        Map<String, String> fields = good();
        fields.put("service_code", LAMPS);
        fields.put("lat", "29.7133456789");
        fields.put("long", "120.2345678");
        fields.put("first_name", "小明");
        fields.put("last_name", "王");
        fields.put("email", "wang@example.org");
        fields.put("phone", "13800000000");
        fields.put("device_id", "tt222111");
        fields.put("account_id", "account-123456");
        fields.put("media_url", "http://127.0.0.1:1/secret.jpg");
        fields.put("description", "第一行\r\n第二行 <b>不是标签</b>");
        fields.put("attribute[POLE]", "A-17");
        fields.put("attribute[LAMPS]", "3");
        fields.put("attribute[SINCE]", "2026-07-01T08:00:00+08:00");
        fields.put("attribute[HOW]", "flicker");
        String form = form(fields) + "&attribute%5BWHAT%5D%5B%5D=bulb&attribute[WHAT][]=wire&attribute[MORE]=";
        Visitor.Answer answer = post("/requests.json", form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String number = json.readTree(answer.body()).get(0).path("service_request_id").asString();
        Readings.Reading report = readings(number).getFirst();
        assertThat(report.action()).isEqualTo("report");
        assertThat(report.word("description")).isEqualTo("第一行\n第二行 <b>不是标签</b>\n\n灯杆编号：A-17\n坏了几盏：3\n什么时候开始的：2026-07-01T08:00:00+08:00\n"
                + "怎么坏的：闪烁\n哪里坏了：灯泡、电线\n\n附件链接（系统没有打开过）：http://127.0.0.1:1/secret.jpg");
        assertThat(report.word("title")).isEqualTo("甲一村路灯照明");
        assertThat(report.word("place-words")).isEqualTo("甲镇甲一村老供销社对面");
        assertThat(report.data().toString()).contains("29.713346,120.234568").contains(county.villageA);
        Readings.Somebody reporter = Acting.as(new Actor.Machine("test"), () -> context.getBean(Readings.class).people(id(number))).getFirst();
        assertThat(reporter.contact("name")).isEqualTo("王小明");
        assertThat(reporter.contact("phone")).isEqualTo("13800000000");
        assertThat(reporter.contact("email")).isEqualTo("wang@example.org");
        String all = report.words() + report.data().toString() + reporter;
        assertThat(all).doesNotContain("tt222111").doesNotContain("account-123456");
    }

    @Test
    void takesAPlaceByItsCodeAndByItsWords() {
        Map<String, String> byId = good();
        byId.remove("address_string");
        byId.put("address_id", county.villageB);
        assertThat(readings(sent(byId).get(0).path("service_request_id").asString()).getFirst().data().toString()).contains(county.villageB);
        Map<String, String> byWords = good();
        byWords.put("address_string", "乙镇 集镇上");
        assertThat(readings(sent(byWords).get(0).path("service_request_id").asString()).getFirst().data().toString()).contains(county.townB);
        Map<String, String> villageOnly = good();
        villageOnly.put("address_string", "乙一村口");
        assertThat(readings(sent(villageOnly).get(0).path("service_request_id").asString()).getFirst().data().toString()).contains(county.villageB);
        Map<String, String> point = good();
        point.remove("address_string");
        point.put("lat", "29.7");
        point.put("long", "120.2");
        point.remove("description");
        Readings.Reading report = readings(sent(point).get(0).path("service_request_id").asString()).getFirst();
        assertThat(report.data().toString()).contains("29.700000,120.200000").contains(county.code);
    }

    @Test
    void givesTheResidentsCodeOnlyWhereItIsAskedForAndNeverAsToken() {
        Map<String, String> fields = good();
        assertThat(sent(fields).toString()).doesNotContain("code").doesNotContain("token");
        fields.put("extensions", "true");
        JsonNode answer = sent(fields).get(0);
        JsonNode more = answer.path("extended_attributes");
        assertThat(more.path("number").asString()).isEqualTo(answer.path("service_request_id").asString());
        assertThat(more.path("code").asString()).matches("[0-9A-Z]{4}-[0-9A-Z]{4}");
        fault(get(V2 + "/tokens/" + more.path("code").asString() + ".json"), 404, "token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "api_key||403|api_key", "api_key|wrong|403|api_key", "jurisdiction_id|000000|404|jurisdiction_id", "service_code||400|service_code",
            "service_code|999999|404|999999", "service_code|010101|404|010101", "address_string||400|lat", "lat|29.7|400|long", "long|120.2|400|lat",
            "address_id|99999|400|99999", "media_url|file:///etc/passwd|400|media_url", "media_url|javascript:alert(1)|400|media_url", "email|nonsense|400|email",
            "phone|abc|400|phone", "attribute[NONE]|1|400|NONE", "attribute|1|400|attribute", "attributes[X]|1|400|attributes"})
    void refusesWhatIsWrongByTheBook(String field, String value, int status, String word) {
        Map<String, String> fields = good();
        fields.put(field, value == null ? "" : value);
        fault(post("/requests.json", form(fields)), status, word);
        fault(post("/requests.xml", form(fields)), status, word);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"91|120", "-91|120", "29|181", "29|-181", "x|120", "29|1e2", "NaN|NaN", "29,7|120"})
    void refusesPointsThatAreNone(String latitude, String longitude) {
        Map<String, String> fields = good();
        fields.put("lat", latitude);
        fields.put("long", longitude);
        fault(post("/requests.json", form(fields)), 400, latitude);
    }

    @Test
    void takesFourThousandCharactersAndRefusesFiveThousand() {
        Map<String, String> fields = good();
        fields.put("description", "坑".repeat(4_000));
        assertThat(readings(sent(fields).get(0).path("service_request_id").asString()).getFirst().word("description")).hasSize(4_000);
        fields.put("description", "坑".repeat(4_001));
        fault(post("/requests.json", form(fields)), 400, "4000");
        fields.put("description", "x".repeat(5_000));
        fault(post("/requests.xml", form(fields)), 400, "4000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"POLE||POLE", "LAMPS|many|number", "SINCE|yesterday|datetime", "HOW|broken|singlevaluelist", "WHAT|roof|multivaluelist"})
    void refusesAnswersThatAreNone(String code, String value, String word) {
        Map<String, String> fields = good();
        fields.put("service_code", LAMPS);
        fields.put("attribute[POLE]", "A-17");
        fields.put("attribute[" + code + "]", value == null ? "" : value);
        fault(post("/requests.json", form(fields)), 400, word);
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        Map<String, String> fields = good();
        fields.put("service_code", LAMPS);
        fields.put("lat", "29");
        fields.put("media_url", "x");
        fields.put("description", "x".repeat(5_000));
        JsonNode errors = json.readTree(post("/requests.json", form(fields)).body());
        assertThat(errors.valueStream().map(one -> one.path("description").asString())).hasSize(4).anyMatch(said -> said.contains("long")).anyMatch(said -> said.contains("media_url"))
                .anyMatch(said -> said.contains("4000")).anyMatch(said -> said.contains("POLE"));
    }

    @Test
    void takesFormsOnly() {
        HttpRequest.Builder request = anybody.request(V2 + "/requests.json").header("Content-Type", "application/json");
        fault(anybody.send(request.POST(HttpRequest.BodyPublishers.ofString("{}"))), 415, "form");
    }

    @Test
    void asksForAKeyThatMayReport() {
        ApiProgram reader = ApiProgram.of(port, county.centre.id(), sender.admin(), "follow");
        Map<String, String> fields = good();
        fields.put("api_key", reader.key());
        fault(post("/requests.json", form(fields)), 403, "api_key");
        fields.remove("api_key");
        assertThat(post("/requests.json", form(fields), "X-Api-Key", sender.key()).status()).isEqualTo(200);
    }

    @Test
    void isOneMatterForOneIdempotencyKey() {
        String key = UUID.randomUUID().toString();
        Map<String, String> fields = good();
        String first = json.readTree(post("/requests.json", form(fields), "Idempotency-Key", key).body()).get(0).path("service_request_id").asString();
        assertThat(json.readTree(post("/requests.json", form(fields), "Idempotency-Key", key).body()).get(0).path("service_request_id").asString()).isEqualTo(first);
    }

    /** A program that got no answer in time and knows no Idempotency-Key. */
    private Set<String> fiftyAtOnce(Map<String, String> fields, String name) throws Exception {
        java.util.concurrent.CountDownLatch start = new java.util.concurrent.CountDownLatch(1);
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<Visitor.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String format = i % 2 == 0 ? "json" : "xml";
                answers.add(threads.submit(() -> {
                    start.await();
                    return post("/requests." + format, form(fields));
                }));
            }
            start.countDown();
            Set<String> said = new java.util.HashSet<>();
            for (var answer : answers) {
                Visitor.Answer one = answer.get();
                assertThat(one.status()).as(one.body()).isEqualTo(200);
                said.add(one.body().startsWith("<") ? Spark.text(Spark.children(Spark.xml(one.body()).getDocumentElement()).getFirst(), name)
                        : json.readTree(one.body()).get(0).path(name).asString());
            }
            return said;
        }
    }

    @Test
    void isOneMatterForFiftyEqualReportsAtOnceWithoutAKey() throws Exception {
        Map<String, String> fields = good();
        Set<String> numbers = fiftyAtOnce(fields, "service_request_id");
        assertThat(numbers).hasSize(1);
        assertThat(readings(numbers.iterator().next())).hasSize(1);
        fields.put("description", fields.get("description") + "，很深");
        assertThat(sent(fields).get(0).path("service_request_id").asString()).as("who says something else reports something else").isNotIn(numbers);
    }

    @Test
    void givesFiftyEqualReportsAtOnceTheSameToken() throws Exception {
        Map<String, String> fields = good();
        fields.put("service_code", "0201");
        Set<String> tokens = fiftyAtOnce(fields, "token");
        assertThat(tokens).hasSize(1);
        assertThat(both("/tokens/" + tokens.iterator().next()).get(0).path("token").asString()).isIn(tokens);
    }

    @Test
    void takesEqualReportsOfTwoProgramsAndOfLaterForTwo() {
        Map<String, String> fields = good();
        String first = sent(fields).get(0).path("service_request_id").asString();
        ApiProgram other = ApiProgram.of(port, county.centre.id(), sender.admin(), "report");
        fields.put("api_key", other.key());
        assertThat(sent(fields).get(0).path("service_request_id").asString()).isNotEqualTo(first);
        fields.put("api_key", sender.key());
        Acting.run(new Actor.Machine("open311"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).executeWithoutResult(_ ->
                context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class).sql("update exchange.equal_request set at = at - interval '301 seconds'").update()));
        assertThat(sent(fields).get(0).path("service_request_id").asString()).isNotEqualTo(first);
        context.getBean(SentRequests.class).forgetEqual();
    }

    /** Two neighbours with the same application, before the same broken lamp. */
    @Test
    void takesEqualWordsOfTwoPeopleForTwo() {
        Map<String, String> fields = good();
        fields.put("device_id", "one");
        String first = sent(fields).get(0).path("service_request_id").asString();
        assertThat(sent(fields).get(0).path("service_request_id").asString()).isEqualTo(first);
        fields.put("device_id", "other");
        assertThat(sent(fields).get(0).path("service_request_id").asString()).as("another device").isNotEqualTo(first);
        fields.remove("device_id");
        String unnamed = sent(fields).get(0).path("service_request_id").asString();
        assertThat(sent(fields).get(0).path("service_request_id").asString()).as("sent again at once").isEqualTo(unnamed);
        fields.put("device_id", "one");
        Acting.run(new Actor.Machine("open311"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).executeWithoutResult(_ ->
                context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class).sql("update exchange.equal_request set at = at - interval '30 seconds'").update()));
        assertThat(sent(fields).get(0).path("service_request_id").asString()).as("the device's own, half a minute later").isEqualTo(first);
        fields.remove("device_id");
        assertThat(sent(fields).get(0).path("service_request_id").asString()).as("nobody knows whose").isNotEqualTo(unnamed);
    }

    @Test
    void findsTheVillageOfAPointAlone() {
        Map<String, String> point = good();
        point.remove("address_string");
        point.remove("jurisdiction_id");
        point.put("lat", "29.805");
        point.put("long", "120.305");
        fault(post("/requests.json", form(point)), 400, "jurisdiction_id");
        org.heshi.divisions.outline.Outlined.square(context, county.townA, 120.3, 29.8, 0.02);
        org.heshi.divisions.outline.Outlined.square(context, county.villageA, 120.3, 29.8, 0.01);
        assertThat(readings(sent(point).get(0).path("service_request_id").asString()).getFirst().data().toString()).containsPattern("place=" + county.villageA + "\\b");
        point.put("lat", "29.815");
        assertThat(readings(sent(point).get(0).path("service_request_id").asString()).getFirst().data().toString()).containsPattern("place=" + county.townA + "\\b")
                .doesNotContain(county.villageA);
        // words that name no place leave it to the point
        point.put("address_string", "老供销社对面");
        point.put("lat", "29.805");
        assertThat(readings(sent(point).get(0).path("service_request_id").asString()).getFirst().data().toString()).containsPattern("place=" + county.villageA + "\\b");
        point.remove("address_string");
        point.put("lat", "29.95");
        fault(post("/requests.xml", form(point)), 400, "address_string");
    }

    // whatever refuses or fails

    @ParameterizedTest
    @ValueSource(strings = {"xml", "json"})
    void tellsInItsOwnErrorsWhateverRefuses(String format) {
        fault(get("/open311/nothing/at/all." + format), 404, "");
        Visitor.Answer method = anybody.send(anybody.request(V2 + "/requests." + format).DELETE());
        fault(method, 405, "DELETE");
        assertThat(method.header("Allow").orElseThrow()).contains("GET", "POST");
        fault(anybody.send(anybody.request(V2 + "/requests." + format).header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString("--x--"))), 415, "form");
        fault(post("/requests." + format, "api_key=" + "x".repeat(3 * 1024 * 1024)), 413, "");
        fault(get(V2 + "/requests." + format + "?service_code=%00"), 400, "");
        fault(get(V2 + "//requests." + format), 400, "");
        fault(get(V2 + "/requests;x=1." + format), 400, "");
        fault(get("/open311/%76%32/requests." + format), 400, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "json"})
    void tellsItsOwnFailuresInItsOwnErrorsAndNothingOfWhatWentWrong(String format) {
        Visitor.Answer answer = get(V2 + "/requests." + format + "?page_size=1&" + PlantedFailure.PARAMETER + "=on");
        fault(answer, 500, "");
        assertThat(answer.body()).doesNotContain("planted", "Exception");
    }

    @Test
    void letsNobodyReadFasterThanAMinuteAllows() {
        Visitor hasty = new Visitor(port);
        org.heshi.access.Pace pace = context.getBean(org.heshi.access.Pace.class);
        for (int i = 0; i < 601; i++) {
            pace.tryStep("open311", hasty.address(), 600);
        }
        Visitor.Answer refused = hasty.get(V2 + "/services.json");
        fault(refused, 429, "");
        assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
        fault(hasty.neighbour().get("/open311/discovery.xml"), 429, "");
        assertThat(get(V2 + "/services.json").status()).as("somebody else").isEqualTo(200);
    }

    @Test
    void forgetsWhoSentAMatterThatIsErased() {
        Map<String, String> fields = good();
        fields.put("service_code", "0201");
        String token = sent(fields).get(0).path("token").asString();
        SentRequests known = context.getBean(SentRequests.class);
        UUID matter = Acting.as(new Actor.Machine("test"), () -> known.byToken(token).orElseThrow().matter());
        act(matter, county.dispatcher, "confirm", Map.of());
        act(matter, county.dispatcher, "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"));
        var endings = context.getBean(org.heshi.matters.Endings.class);
        Acting.run(new Actor.Machine("retention"), () -> endings.erase(matter, org.heshi.matters.Endings.Ground.RETENTION, "T3"));
        await(() -> Acting.as(new Actor.Machine("retention"), () -> {
            endings.goOn(100);
            return endings.of(matter).orElseThrow().whole();
        }));
        assertThat(known.byToken(token)).isEmpty();
        fault(get(V2 + "/tokens/" + token + ".json"), 404, "token");
    }

    // GET service_request_id from a token

    @Test
    void givesTheNumberForATokenOnceTheMatterIsPublic() {
        Map<String, String> fields = good();
        fields.put("service_code", "0201");
        JsonNode made = sent(fields).get(0);
        assertThat(made.propertyNames()).containsExactly("token", "service_notice", "account_id");
        String token = made.path("token").asString();
        JsonNode before = both("/tokens/" + token).get(0);
        assertThat(before.propertyNames()).containsExactly("service_request_id", "token");
        assertThat(before.path("service_request_id").isNull()).isTrue();
        assertThat(before.path("token").asString()).isEqualTo(token);
        UUID matter = Acting.as(new Actor.Machine("test"), () -> context.getBean(SentRequests.class).byToken(token).orElseThrow().matter());
        act(matter, county.dispatcher, "confirm", Map.of());
        act(matter, county.dispatcher, "sort", Map.of("kind", "service", "category", "020101", "level", "blue"));
        await(() -> !get(V2 + "/tokens/" + token + ".json").body().contains("null"));
        String number = both("/tokens/" + token).get(0).path("service_request_id").asString();
        JsonNode shown = one(MatterNumber.parse(number).orElseThrow());
        // sorted below it: still shown by the service that is offered
        assertThat(shown.path("service_code").asString()).isEqualTo("0201");
    }

    private void act(UUID matter, County.Member who, String action, Map<String, Object> input) {
        int version = Acting.as(new Actor.Machine("test"), () -> context.getBean(Readings.class).of(matter).size());
        Answer answer = county.as(who, () -> matters.act(Act.on(matter, action, input, version, UUID.randomUUID().toString())));
        assertThat(answer).as(action).isInstanceOf(Answer.Done.class);
    }

    @Test
    void tellsTheSenderOfWhatNobodySortedAndNobodyElse() {
        String number = sent(good()).get(0).path("service_request_id").asString();
        fault(get(V2 + "/requests/" + number + ".json"), 404, number);
        JsonNode mine = both("/requests/" + number + "?api_key=" + sender.key());
        assertThat(mine.get(0).propertyNames()).containsExactlyElementsOf(REQUEST);
        assertThat(mine.get(0).path("status").asString()).isEqualTo("open");
        assertThat(mine.get(0).path("service_code").asString()).isEqualTo(County.ROADS);
        ApiProgram other = ApiProgram.of(port, county.centre.id(), sender.admin(), "report");
        fault(get(V2 + "/requests/" + number + ".json?api_key=" + other.key()), 404, number);
        act(id(number), county.dispatcher, "confirm", Map.of());
        act(id(number), county.dispatcher, "sort", Map.of("kind", "dispute", "category", County.ROADS, "level", "blue"));
        fault(get(V2 + "/requests/" + number + ".json?api_key=" + sender.key()), 404, number);
    }

    // GET Service Requests

    @Test
    void showsAMatterAsItGoesOnAndNoWordOfAnybody() {
        Way way = Way.registered(context, county, "路灯坏了").sorted();
        await(() -> isPublic(way.number()));
        JsonNode open = one(way.number());
        assertThat(open.propertyNames()).containsExactlyElementsOf(REQUEST);
        assertThat(open.path("service_request_id").asString()).isEqualTo(way.number().digits());
        assertThat(open.path("status").asString()).isEqualTo("open");
        assertThat(open.path("service_code").asString()).isEqualTo(County.ROADS);
        assertThat(open.path("service_name").asString()).isNotBlank();
        assertThat(open.path("requested_datetime").asString()).matches(W3C);
        assertThat(open.path("updated_datetime").asString()).matches(W3C);
        assertThat(open.path("address_id").asString()).isEqualTo(county.villageA);
        assertThat(open.path("address").asString()).startsWith("甲一村, 甲镇, 试验县");
        for (String empty : List.of("description", "zipcode", "lat", "long", "media_url", "service_notice")) {
            assertThat(open.path(empty).isNull()).as(empty).isTrue();
        }
        way.assigned();
        await(() -> !json.readTree(get(V2 + "/requests/" + way.number().digits() + ".json").body()).get(0).path("agency_responsible").isNull());
        assertThat(one(way.number()).path("agency_responsible").asString()).isEqualTo(county.roads.name());
        // the term runs from the assignment on: XML and JSON are compared when nothing more comes
        way.accepted();
        await(() -> followed(way.number()));
        assertThat(one(way.number()).path("expected_datetime").asString()).matches(W3C);
        way.answered().closed();
        await(() -> get(V2 + "/requests/" + way.number().digits() + ".json").body().contains("\"closed\""));
        JsonNode closed = one(way.number());
        assertThat(closed.path("status_notes").asString()).contains("已解决");
        assertThat(closed.path("expected_datetime").isNull()).isTrue();
        assertThat(Instant.parse(closed.path("updated_datetime").asString())).isAfterOrEqualTo(Instant.parse(open.path("updated_datetime").asString()));
        assertThat(get(V2 + "/requests/" + way.number().digits() + ".json").body()).doesNotContain("路灯坏了").doesNotContain("修好").doesNotContain("王小明");
    }

    @Test
    void filtersByServiceStatusTimeAndNumber() {
        County here = County.make(context);
        Way open = Way.registered(context, here, "一").sorted();
        Way other = Way.registered(context, here, "二").does(here.dispatcher, "sort", Map.of("kind", "service", "category", "020203", "level", "blue"));
        Way closed = Way.registered(context, here, "三").sorted().assigned().accepted().answered().closed();
        await(() -> isPublic(open.number()) && isPublic(other.number()) && isPublic(closed.number()) && get(V2 + "/requests/" + closed.number().digits() + ".json").body().contains("\"closed\""));
        String j = "jurisdiction_id=" + here.code;
        assertThat(numbers("/requests?" + j)).containsExactly(closed.number().digits(), other.number().digits(), open.number().digits());
        assertThat(numbers("/requests?" + j + "&status=open")).containsExactly(other.number().digits(), open.number().digits());
        assertThat(numbers("/requests?" + j + "&status=closed")).containsExactly(closed.number().digits());
        assertThat(numbers("/requests?" + j + "&status=open,closed")).hasSize(3);
        assertThat(numbers("/requests?" + j + "&status=open&status=closed")).hasSize(3);
        assertThat(numbers("/requests?" + j + "&status=")).hasSize(3);
        assertThat(numbers("/requests?" + j + "&service_code=020203")).containsExactly(other.number().digits());
        assertThat(numbers("/requests?" + j + "&service_code=020203," + County.ROADS)).hasSize(3);
        assertThat(numbers("/requests?" + j + "&service_code=" + LAMPS)).isEmpty();
        assertThat(get(V2 + "/requests.json?" + j + "&service_code=" + LAMPS).body()).isEqualTo("[]");
        assertThat(get(V2 + "/requests.xml?" + j + "&service_code=" + LAMPS).body()).contains("<service_requests>").endsWith("</service_requests>");
        assertThat(numbers("/requests?" + j + "&page_size=2")).hasSize(2);
        assertThat(numbers("/requests?" + j + "&page_size=2&page=2")).containsExactly(open.number().digits());
        // overrides all other arguments; what is not public is passed over
        assertThat(numbers("/requests?service_request_id=" + open.number().digits() + "," + closed.number().shown() + ",0000000000000&status=closed&start_date=nonsense"))
                .containsExactlyInAnyOrder(open.number().digits(), closed.number().digits());
        Instant now = Instant.now();
        String before = now.minus(Duration.ofDays(100)).toString();
        assertThat(numbers("/requests?" + j + "&start_date=" + now.minus(Duration.ofDays(1)) + "&end_date=" + now.plus(Duration.ofDays(1)))).hasSize(3);
        assertThat(numbers("/requests?" + j + "&start_date=" + enc(now.minus(Duration.ofDays(1)).atOffset(java.time.ZoneOffset.ofHours(8)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString())))
                .hasSize(3);
        assertThat(numbers("/requests?" + j + "&start_date=" + now.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(numbers("/requests?" + j + "&start_date=" + before)).as("90 days from then end before today").isEmpty();
        assertThat(numbers("/requests?" + j + "&end_date=" + before)).isEmpty();
    }

    private List<String> numbers(String path) {
        return both(path).valueStream().map(one -> one.path("service_request_id").asString()).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "start_date=2026-05-24T00:00:00|start_date", "start_date=2026-05-24|start_date", "end_date=yesterday|end_date", "end_date=2026-02-30T00:00:00Z|end_date",
            "start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z|90", "start_date=2026-03-01T00:00:00Z&end_date=2026-02-01T00:00:00Z|start_date",
            "status=done|done", "page=0|page", "page_size=x|page_size", "page=999999&page_size=1000|page", "page=-1|page"})
    void refusesQuestionsThatCannotBe(String query, String word) {
        fault(get(V2 + "/requests.json?" + query), 400, word);
        fault(get(V2 + "/requests.xml?" + query), 400, word);
    }

    @Test
    void takesASpanOfNinetyDaysAndAPlusThatWasNotEscaped() {
        assertThat(get(V2 + "/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:00Z").status()).isEqualTo(200);
        assertThat(get(V2 + "/requests.json?start_date=2026-01-01T00:00+08:00&end_date=2026-04-01T00:00:00.5+08:00").status()).isEqualTo(400);
        assertThat(get(V2 + "/requests.json?start_date=2026-01-01T00:00+08:00&end_date=2026-04-01T00:00:00+08:00").status()).isEqualTo(200);
    }

    @Test
    void neverShowsDisputesNorWhatSomebodyIsKeptFromNorWhatIsNotOffered() {
        Way dispute = Way.registered(context, county, "邻里").sorted("dispute");
        Way kept = Way.registered(context, county, "路灯").sorted();
        Way hidden = Way.registered(context, county, "路灯").does(county.dispatcher, "sort", Map.of("kind", "service", "category", "010101", "level", "blue"));
        await(() -> isPublic(kept.number()));
        kept.does(county.dispatcher, "name-office", Map.of("accused", county.water.id().toString(), "reason", "反映供水单位"));
        await(() -> !isPublic(kept.number()));
        assertThat(isPublic(dispute.number())).isFalse();
        assertThat(isPublic(hidden.number())).isFalse();
        assertThat(get(V2 + "/servicerequestupdates.json?jurisdiction_id=" + county.code).body()).doesNotContain(dispute.number().digits())
                .doesNotContain(kept.number().digits()).doesNotContain(hidden.number().digits());
    }

    @Test
    void showsNothingOfAMatterThatBecomesADispute() {
        Way way = Way.registered(context, county, "路灯").sorted("service");
        await(() -> isPublic(way.number()));
        way.does(county.dispatcher, "rekind", Map.of("kind", "dispute", "reason", "其实是邻里纠纷"));
        await(() -> !isPublic(way.number()));
    }

    @Test
    void showsWordsOnlyWhenAPersonRedactedThemAndAnotherReleasedThem() {
        Way way = Way.registered(context, county, "路灯坏了").sorted().assigned().accepted().answered().closed();
        await(() -> isPublic(way.number()) && get(V2 + "/requests/" + way.number().digits() + ".json").body().contains("\"closed\""));
        assertThat(one(way.number()).path("description").isNull()).isTrue();
        redact(way);
        JsonNode shown = one(way.number());
        assertThat(shown.path("description").asString()).isEqualTo("一盏路灯\n某村一盏路灯不亮");
        assertThat(shown.path("status_notes").asString()).endsWith("\n已更换灯泡");
        assertThat(shown.toString()).doesNotContain("三天");
    }

    /** As the room of the bill keeps it once two people did their part. */
    private void redact(Way way) {
        Acting.run(new Actor.Machine("bill"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).executeWithoutResult(_ -> {
            var jdbc = context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class);
            UUID id = UUID.randomUUID();
            jdbc.sql("""
                    insert into bill.answer (matter, id, unit, kind, title, question, answer, town, written_at, written_by, released_at, released_by)
                    values (?, ?, ?, 'service', '一盏路灯', '某村一盏路灯不亮', '已更换灯泡', ?, now(), ?, now(), ?)""")
                    .params(way.id(), id, county.centre.id(), county.townA, county.clerk.person(), county.supervisor.person()).update();
            jdbc.sql("insert into bill.published_answer (id, kind, title, question, answer, town, at) select id, kind, title, question, answer, town, released_at from bill.answer where id = ?")
                    .param(id).update();
        }));
    }

    // servicerequestupdates

    @Test
    void tellsWhatBecameOfPublicMatters() {
        County here = County.make(context);
        Way way = Way.registered(context, here, "路灯").sorted().assigned().accepted().answered().closed();
        await(() -> isPublic(way.number()) && get(V2 + "/requests/" + way.number().digits() + ".json").body().contains("\"closed\""));
        // the newest entries may be read a moment later than the row that they led to
        await(() -> get(V2 + "/servicerequestupdates.json?jurisdiction_id=" + here.code).body().contains("CLOSED"));
        JsonNode updates = both("/servicerequestupdates?jurisdiction_id=" + here.code);
        assertThat(updates.isArray()).isTrue();
        assertThat(updates.get(0).propertyNames())
                .containsExactlyInAnyOrder("update_id", "service_request_id", "status", "updated_datetime", "description", "media_url");
        assertThat(updates.valueStream().map(one -> one.path("status").asString())).startsWith("OPEN").endsWith("CLOSED");
        assertThat(updates.valueStream().map(one -> one.path("update_id").asString())).doesNotHaveDuplicates();
        assertThat(updates.valueStream().map(one -> one.path("service_request_id").asString())).containsOnly(way.number().digits());
        assertThat(updates.get(0).path("updated_datetime").asString()).matches(W3C);
        assertThat(Spark.xml(get(V2 + "/servicerequestupdates.xml?jurisdiction_id=" + here.code).body()).getDocumentElement().getTagName())
                .isEqualTo("service_request_updates");
        assertThat(both("/servicerequestupdates?service_request_id=" + way.number().digits()).size()).isEqualTo(updates.size());
        assertThat(both("/servicerequestupdates?jurisdiction_id=" + here.code + "&start_date=" + Instant.now().plusSeconds(60)).size()).isZero();
        fault(get(V2 + "/servicerequestupdates.json?start_date=2026-05-24"), 400, "start_date");
        fault(get(V2 + "/servicerequestupdates.json?start_date=2026-01-01T00:00:00Z&end_date=2026-09-02T00:00:00Z"), 400, "90");
    }

    private Map<String, String> update(String number) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("api_key", sender.key());
        fields.put("update_id", "fms-" + UUID.randomUUID());
        fields.put("service_request_id", number);
        fields.put("status", "OPEN");
        fields.put("updated_datetime", "2026-11-01T08:00:00+08:00");
        fields.put("description", "坑更大了");
        return fields;
    }

    @Test
    void takesAnUpdateOfWhoSentItOnce() {
        String number = sent(good()).get(0).path("service_request_id").asString();
        Map<String, String> fields = update(number);
        fields.put("email", "somebody@example.org");
        fields.put("media_url", "https://example.net/pit.jpg");
        Visitor.Answer first = post("/servicerequestupdates.json", form(fields));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        String id = json.readTree(first.body()).get(0).path("update_id").asString();
        assertThat(id).startsWith(number + "-");
        Element again = Spark.xml(post("/servicerequestupdates.xml", form(fields)).body()).getDocumentElement();
        assertThat(again.getTagName()).isEqualTo("service_request_updates");
        assertThat(Spark.text(Spark.children(again).getFirst(), "update_id")).isEqualTo(id);
        List<Readings.Reading> entries = readings(number);
        assertThat(entries).hasSize(2);
        assertThat(entries.getLast().action()).isEqualTo("add");
        assertThat(entries.getLast().word("words")).startsWith("坑更大了\n").contains("OPEN")
                .contains("附件链接（系统没有打开过）：https://example.net/pit.jpg").doesNotContain("example.org");
    }

    @Test
    void takesProgressOfAProgramInAPostOfTheUnitThatIsAtWork() {
        ApiProgram worker = ApiProgram.of(port, county.roads.id(), sender.admin(), "act").inPost(org.heshi.directory.Role.HANDLER);
        Way way = Way.registered(context, county, "路灯").sorted().assigned().accepted();
        Map<String, String> fields = update(way.number().digits());
        fields.put("api_key", worker.key());
        fields.put("status", "FIXED");
        Visitor.Answer answer = post("/servicerequestupdates.json", form(fields));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Readings.Reading entry = readings(way.number().digits()).getLast();
        assertThat(entry.action()).isEqualTo("progress");
        assertThat(entry.word("progress")).contains("FIXED");
        // a partner's word closes nothing
        assertThat(way.state()).isEqualTo("accepted");
        Way elsewhere = Way.registered(context, County.make(context), "别处").sorted();
        fields.put("service_request_id", elsewhere.number().digits());
        fields.put("update_id", "other");
        fault(post("/servicerequestupdates.json", form(fields)), 404, elsewhere.number().digits());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"api_key||403|api_key", "api_key|x|403|api_key", "update_id||400|update_id", "service_request_id||400|service_request_id",
            "service_request_id|0000000000000|404|0000000000000", "status||400|status", "status|BROKEN|400|BROKEN", "updated_datetime||400|updated_datetime",
            "updated_datetime|2026-11-01T08:00:00|400|updated_datetime", "media_url|file:///etc/passwd|400|media_url", "description||400|description", "jurisdiction_id|000000|404|jurisdiction_id"})
    void refusesUpdatesThatAreWrong(String field, String value, int status, String word) {
        Map<String, String> fields = update("0000000000000");
        fields.put(field, value == null ? "" : value);
        fault(post("/servicerequestupdates.json", form(fields)), status, word);
        fault(post("/servicerequestupdates.xml", form(fields)), status, word);
    }

    @Test
    void takesNoUpdateOfWhoHasNoPartInIt() {
        String number = sent(good()).get(0).path("service_request_id").asString();
        Map<String, String> fields = update(number);
        fields.put("api_key", ApiProgram.of(port, county.centre.id(), sender.admin(), "report").key());
        fault(post("/servicerequestupdates.json", form(fields)), 404, number);
    }
}
