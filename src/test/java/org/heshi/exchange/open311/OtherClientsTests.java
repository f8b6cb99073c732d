package org.heshi.exchange.open311;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heshi.ApiProgram;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.matters.Way;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.input.SAXBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;

/** Clients that share no code with the program and were written from the specification: one in Python, one with other libraries for HTTP and XML. */
@HeshiTest
class OtherClientsTests {

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    @Test
    void findEverythingAsSpecifiedInPython() throws Exception {
        assumeTrue(there("python3"), "python3 is not on this machine: the client in Python was not run");
        County county = County.make(context);
        ApiProgram program = ApiProgram.of(port, county.centre.id(), county.signedIn(new Visitor(port), county.administrator), "report");
        Way.registered(context, county, "路灯").does(county.dispatcher, "sort", java.util.Map.of("kind", "service", "category", "020203", "level", "blue"));
        Process client = new ProcessBuilder("python3", Path.of("src/test/resources/open311/client.py").toString(), "http://127.0.0.1:" + port + "/open311/discovery.xml",
                program.key(), county.villageA).redirectErrorStream(true).start();
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(client.exitValue()).as(said).isZero();
        assertThat(said).contains("\"wrong\": []");
    }

    private static boolean there(String program) {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    @Test
    void findEverythingAsSpecifiedWithAnotherLibrary() throws Exception {
        RestClient http = RestClient.create();
        SAXBuilder xml = new SAXBuilder();
        Document discovery = xml.build(new StringReader(http.get().uri(URI.create("http://127.0.0.1:" + port + "/open311/discovery.xml")).retrieve().body(String.class)));
        Element endpoint = discovery.getRootElement().getChild("endpoints").getChild("endpoint");
        assertThat(endpoint.getChildText("specification")).isEqualTo("http://wiki.open311.org/GeoReport_v2");
        String base = "http://127.0.0.1:" + port + URI.create(endpoint.getChildText("url")).getPath();
        Document services = xml.build(new StringReader(http.get().uri(URI.create(base + "/services.xml")).retrieve().body(String.class)));
        List<Element> all = services.getRootElement().getChildren("service");
        assertThat(all).isNotEmpty().allSatisfy(one -> assertThat(one.getChildren().stream().map(Element::getName))
                .containsExactlyInAnyOrder("service_code", "service_name", "description", "metadata", "type", "keywords", "group"));
        List<?> read = http.get().uri(URI.create(base + "/services.json")).retrieve().body(List.class);
        assertThat(read).hasSameSizeAs(all);
        Document requests = xml.build(new StringReader(http.get().uri(URI.create(base + "/requests.xml?page_size=20")).retrieve().body(String.class)));
        assertThat(requests.getRootElement().getName()).isEqualTo("service_requests");
        for (Element request : requests.getRootElement().getChildren()) {
            assertThat(request.getName()).isEqualTo("request");
            assertThat(OffsetDateTime.parse(request.getChildText("requested_datetime"))).isBefore(OffsetDateTime.now().plusMinutes(1));
            assertThat(request.getChildText("status")).isIn("open", "closed");
        }
        http.get().uri(URI.create(base + "/services/none.xml")).exchange((_, answer) -> {
            assertThat(answer.getStatusCode().value()).isEqualTo(404);
            try {
                assertThat(xml.build(answer.getBody()).getRootElement().getChild("error").getChildText("code")).isEqualTo("404");
            } catch (org.jdom2.JDOMException e) {
                throw new IOException(e);
            }
            return null;
        });
    }
}
