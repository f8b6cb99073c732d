package org.heshi.matters.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class AnswerTemplatesTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Templates templates;

    County county;
    Visitor administrator;

    @BeforeEach
    void anAdministrator() {
        county = County.make(context);
        administrator = county.signedIn(new Visitor(port), county.administrator);
    }

    private Map<String, String> typed(String unit) {
        administrator.get("/templates/new");
        return new HashMap<>(Map.of("title", "已修复", "action", "answer", "unit", unit, "words", "您反映的问题已经修复。"));
    }

    @Test
    void areOfferedToTheUnitTheyAreFor() {
        String path = "/templates/" + UUID.randomUUID();
        assertThat(administrator.post(path, typed(county.roads.name())).location()).isEqualTo("/templates");
        assertThat(administrator.get("/templates").body()).contains("已修复", county.roads.name());
        assertThat(county.as(county.handler, () -> templates.offered(county.roads.id(), "answer"))).extracting(Template::title).contains("已修复");
        assertThat(county.as(county.waterHandler, () -> templates.offered(county.water.id(), "answer"))).extracting(Template::unit)
                .doesNotContain(java.util.Optional.of(county.roads.id()));
        Map<String, String> ended = typed(county.roads.name());
        ended.put("ended", "true");
        administrator.post(path, ended);
        assertThat(county.as(county.handler, () -> templates.offered(county.roads.id(), "answer"))).extracting(Template::id)
                .doesNotContain(UUID.fromString(path.substring(11)));
    }

    @Test
    void goIntoTheAnswerBelowWhatWasTyped() {
        UUID id = UUID.randomUUID();
        administrator.post("/templates/" + id, typed(county.roads.name()));
        Way way = Way.registered(context, county, "用模板答复").sorted().assigned().accepted();
        way.does(county.handler, "handle", Map.of("done", "好了"));
        Visitor handler = county.signedIn(new Visitor(port), county.handler);
        String path = way.page() + "/act/answer";
        assertThat(handler.get(path).body()).contains("已修复");
        var filled = handler.post(path, Map.of("form.version", Integer.toString(way.version()), "form.key", UUID.randomUUID().toString(),
                "answer", "王先生您好：", "template", id.toString(), "fill", "yes"));
        assertThat(filled.status()).isEqualTo(200);
        assertThat(filled.body()).contains("王先生您好：\n您反映的问题已经修复。");
        assertThat(way.state()).isEqualTo("handled");
    }

    @Test
    void areRefusedWithEveryReason() {
        Map<String, String> typed = typed("没有这个单位");
        typed.put("title", "题".repeat(61));
        typed.put("words", "");
        typed.put("action", "drop");
        var refused = administrator.post("/templates/" + UUID.randomUUID(), typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("title-errors", "action-errors", "unit-errors", "words-errors", "没有这个单位");
    }

    @Test
    void areKeptByAdministratorsAlone() {
        Visitor handler = county.signedIn(new Visitor(port), county.handler);
        assertThat(handler.get("/templates").status()).isEqualTo(403);
        handler.get("/queue");
        assertThat(handler.post("/templates/" + UUID.randomUUID(), typed("")).status()).isEqualTo(403);
        assertThat(administrator.get("/templates/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(administrator.get("/templates/nonsense").status()).isIn(400, 404);
    }
}
