package org.heshi.exchange.open311;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heshi.Browser;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The administrator says what is offered to other programs. */
@HeshiTest
class ServicesPagesTests {

    private static final String MANHOLES = "020203";
    private static final String LINES = "HOW | singlevaluelist | required | 怎么坏的 | 看一眼就行 | gone=不见了, broken=破了\nTIP | string | told | 请先设好警示物";

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    @Test
    void areOfferedAskedAndWithdrawnByTheAdministrator() {
        County county = County.make(context);
        Visitor admin = county.signedIn(new Visitor(port), county.administrator);
        Visitor anybody = new Visitor(port);
        assertThat(admin.get("/admin/open311?under=0202").body()).contains("窨井盖").contains("已开放");
        assertThat(admin.get("/admin/open311/" + MANHOLES).status()).isEqualTo(200);
        Map<String, String> form = new LinkedHashMap<>(Map.of("type", "realtime", "description", "井盖丢失或破损", "keywords", "", "attributes", "HOW | radio"));
        Visitor.Answer refused = admin.post("/admin/open311/" + MANHOLES, form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("第 1 行").contains("HOW | radio").contains("井盖丢失或破损");
        form.put("attributes", LINES);
        assertThat(admin.post("/admin/open311/" + MANHOLES, form).location()).startsWith("/admin/open311?under=0202");
        assertThat(anybody.get("/open311/v2/services/" + MANHOLES + ".json").body()).contains("\"gone\"").contains("怎么坏的").contains("\"variable\":false");
        assertThat(admin.get("/admin/open311/" + MANHOLES).body()).contains("gone=不见了, broken=破了");
        admin.post("/admin/open311/" + MANHOLES + "/withdraw", Map.of());
        assertThat(anybody.get("/open311/v2/services/" + MANHOLES + ".json").status()).isEqualTo(404);
        form.put("attributes", "");
        admin.get("/admin/open311/" + MANHOLES);
        admin.post("/admin/open311/" + MANHOLES, form);
        assertThat(anybody.get("/open311/v2/services/" + MANHOLES + ".json").status()).isEqualTo(200);
        try (var visit = Browser.visit(port).narrow().withoutScripts().open()) {
            visit.signedIn(county.account(county.administrator), org.heshi.People.PASSWORD).go("/admin/open311?under=0202");
            visit.check("open311");
            visit.go("/admin/open311/" + MANHOLES);
            visit.check("open311-form");
        }
    }

    @Test
    void areWrittenAsTheyWereTyped() {
        ServiceForm form = new ServiceForm("realtime", "", "", LINES);
        assertThat(form.refusals()).isEmpty();
        Service service = new Service(new org.heshi.directory.Category("01", "一", "One"), new org.heshi.directory.Category("01", "一", "One"), false, "", "", form.asked());
        assertThat(ServiceForm.of(service).attributes()).isEqualTo(LINES);
        assertThat(form.asked()).extracting(Attribute::order).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"A; open311-line", "A B | string | optional | q; open311-line", "A | text | maybe | q; open311-line", "A | text | optional | ; open311-line",
            "A | singlevaluelist | optional | q; open311-values", "A | text | optional | q | | x=y; open311-values", "A | multivaluelist | optional | q | | x=1,x=2; open311-values",
            "A | multivaluelist | optional | q | | x; open311-values"})
    void areRefusedWithTheirLine(String line, String code) {
        assertThat(new ServiceForm("realtime", "", "", line).refusals()).extracting(Refusal::code).containsExactly(code.strip());
    }

    @Test
    void areRefusedTwice() {
        assertThat(new ServiceForm("blackbox", "", "", "A | text | optional | q\nA | text | optional | q").refusals()).extracting(Refusal::code)
                .isEqualTo(List.of("required", "open311-code-twice"));
    }
}
