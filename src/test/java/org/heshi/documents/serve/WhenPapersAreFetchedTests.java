package org.heshi.documents.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.documents.CaseFiles;
import org.heshi.documents.Letter;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Draft;
import org.heshi.documents.Papers.Numbering;
import org.heshi.documents.Pdf;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenPapersAreFetchedTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Papers papers;
    @Autowired
    CaseFiles files;
    @Autowired
    KeptSeals seals;

    private County county;
    private UUID matter;
    private Paper paper;

    @BeforeEach
    void issues() {
        county = County.make(context);
        Way way = Way.registered(context, county, "路灯不亮");
        matter = county.as(county.clerk, () -> context.getBean(MatterRows.class).find(way.number())).orElseThrow();
        seals.make(county.centre.id(), false);
        paper = ((Papers.Answer.Done) county.as(county.clerk, () -> papers.issue(new Draft("letter", matter, county.centre.id(), new Numbering.Fresh("取" + System.nanoTime() % 1_000_000),
                Set.of("staff"), new Letter("试验函", "试验甲", List.of("试验的话"), List.of(), List.of(), county.centre.name()))))).paper();
    }

    private String address() {
        return "/papers/" + paper.id() + "/1";
    }

    @Test
    void areSavedByWhomTheyAreMeantForAndNoneForOthers() {
        Visitor clerk = county.signedIn(new Visitor(port), county.clerk);
        Visitor.Answer answer = clerk.get(address());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/pdf");
        assertThat(answer.header("Content-Disposition").orElseThrow()).startsWith("attachment;");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("sandbox");
        assertThat(clerk.bytes(address())).isEqualTo(county.as(county.clerk, () -> papers.bytes(paper.id(), 1)).orElseThrow());
        for (String wrong : List.of("/papers/" + paper.id() + "/2", "/papers/" + paper.id() + "/0", "/papers/" + paper.id() + "/x", "/papers/" + UUID.randomUUID() + "/1",
                "/papers/nonsense/1", "/papers/case-files/" + paper.id())) {
            assertThat(clerk.get(wrong).status()).as(wrong).isEqualTo(404);
        }
        assertThat(county.signedIn(new Visitor(port), county.waterHandler).get(address()).status()).as("a unit that has nothing to do with it").isEqualTo(404);
        assertThat(new Visitor(port).get(address()).location()).startsWith("/sign-in");
        assertThat(new Visitor(port).get("/follow" + address()).status()).as("a resident who gave no code").isIn(303, 302, 404);
    }

    @Test
    void arePrintedAgainByAFormAlone() {
        Visitor clerk = county.signedIn(new Visitor(port), county.clerk);
        clerk.get("/password");
        Visitor.Answer copy = clerk.post("/papers/" + paper.id() + "/reprint", Map.of());
        assertThat(copy.status()).isEqualTo(200);
        assertThat(copy.header("Content-Type")).contains("application/pdf");
        assertThat(clerk.get("/papers/" + paper.id() + "/reprint").status()).isIn(404, 405);
        clerk.forgetToken();
        assertThat(clerk.post("/papers/" + paper.id() + "/reprint", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void areStreamedAsACaseFile() {
        byte[] scan = Pdf.jpeg(300, 400);
        CaseFiles.Bound bound = ((CaseFiles.Answer.Done) county.as(county.clerk, () -> files.bind(new CaseFiles.Order(matter, county.centre.id(), Optional.empty(), Set.of("staff"),
                new CaseFiles.Cover(county.centre.name(), "卷名", "1号", "甲", LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 2), "乙", LocalDate.of(2026, 7, 3), "长期", ""),
                List.of(new CaseFiles.Item("函", true, "", List.of(new CaseFiles.Leaf.Issued(paper.id(), 1), new CaseFiles.Leaf.Picture(() -> new ByteArrayInputStream(scan))))))))).bound();
        byte[] got = county.signedIn(new Visitor(port), county.clerk).bytes("/papers/case-files/" + bound.id());
        assertThat(got).hasSize((int) bound.size());
        assertThat(Pdf.text(got)).contains("试验的话");
        assertThat(county.signedIn(new Visitor(port), county.waterHandler).get("/papers/case-files/" + bound.id()).status()).isEqualTo(404);
        assertThat(check(got).body()).contains("登记簿里有这份文件", "这是归档的卷宗");
    }

    @Test
    void areCheckedByAnybodyWithoutATraceOfWhatTheySay() {
        byte[] pdf = county.as(county.clerk, () -> papers.bytes(paper.id(), 1)).orElseThrow();
        Visitor.Answer genuine = check(pdf);
        assertThat(genuine.status()).isEqualTo(200);
        assertThat(genuine.body()).contains("是真的", paper.number().orElseThrow(), county.centre.name(), paper.newest().sha256()).doesNotContain("试验甲", "试验的话", "路灯");
        pdf[pdf.length / 2] ^= 1;
        assertThat(check(pdf).body()).contains("不是真的，或者已被改动").doesNotContain(paper.number().get(), county.centre.name());
        assertThat(check("%PDF-1.7 nothing".getBytes(StandardCharsets.US_ASCII)).body()).contains("查不到");
        assertThat(check("no pdf".getBytes(StandardCharsets.US_ASCII)).status()).isEqualTo(422);
        assertThat(check(new byte[0]).status()).isEqualTo(422);
    }

    private Visitor.Answer check(byte[] file) {
        Visitor stranger = new Visitor(port);
        stranger.get("/papers/check");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + stranger.token()
                + "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.pdf\"\r\nContent-Type: application/pdf\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return stranger.send(stranger.request("/papers/check").header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }
}
