package org.heshi.mediation.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.documents.CaseFiles;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Pdf;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Forgetting;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.Parts;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A dispute between neighbours from its application to the file that is bound; all people are invented. */
@HeshiTest
class WhenACaseHasItsPapersTests {

    private static final String RARE = "王𠮷㛃䶮";
    private static final String HIDDEN = "只给调解员看的存折";
    private static final String APART = "我最多出两千，先不要告诉他";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Papers papers;
    @Autowired
    CaseFiles files;
    @Autowired
    Disputes disputes;
    @Autowired
    Directory directory;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    KeptSeals seals;
    @Autowired
    Looks looks;
    @Autowired
    InstantSource clock;

    private Hall hall;
    private Answer.Done dispute;
    private People.Somebody somebody;
    private Actor.Staff mediator;
    private Actor.Resident one;
    private Actor.Resident two;
    private int version;

    @BeforeEach
    void aDisputeIsTakenUp() {
        hall = new Hall(context);
        somebody = new People(context).in(hall.works.id(), Role.MEDIATOR);
        mediator = new Actor.Staff(directory.findHeldPost(somebody.person(), somebody.post(), clock.instant()).orElseThrow());
        dispute = hall.report();
        version = 1;
        done(hall.clerk, "confirm", Map.of());
        done(hall.dispatcher, "sort", Map.of("kind", "dispute", "category", "02", "level", "blue"));
        done(hall.dispatcher, "assign", Map.of("lead", hall.works.id().toString(), "reason", "职责所在"));
        done(hall.handler, "accept", Map.of());
        done(hall.handler, "party", Map.of("role", "respondent", "name", RARE, "phone", "13900000001"));
        done(hall.handler, "take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "facts", "屋檐滴水打湿院墙",
                "requests", "修复墙面\n赔偿损失", "fit", "true"));
        one = new Actor.Resident(dispute.matter(), 1);
        two = new Actor.Resident(dispute.matter(), 2);
    }

    private Answer act(Actor who, String action, Map<String, Object> input) {
        return hall.act(who, dispute.matter(), action, input, version);
    }

    private void done(Actor who, String action, Map<String, Object> input) {
        version = hall.done(who, dispute.matter(), action, input, version).version();
    }

    private List<Evidence> picture(Actor who, String name) {
        byte[] jpeg = Pdf.jpeg(300, 120);
        return Acting.as(who, () -> {
            try {
                return List.of(((EvidenceStore.Kept.Done) evidence.keep(name, jpeg.length, new ByteArrayInputStream(jpeg))).evidence());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void begins() {
        done(one, "consent", Map.of("told", "true", "open", "closed"));
        done(hall.handler, "consent-recorded", Map.of("whose", List.of("2"), "how", "phone", "at", ago(3600), "told", "true", "open", "closed"));
        done(hall.handler, "appoint", Map.of("mediator", mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        done(hall.handler, "willing", Map.of());
    }

    private void isHeardAndWritten() {
        done(mediator, "caucus", Map.of("with", List.of("2"), "record", APART));
        done(one, "evidence", Map.of("shown", List.of("2"), "what", "墙面受潮的照片", "files", picture(one, "wall.jpg")));
        done(one, "evidence", Map.of("what", HIDDEN, "files", picture(one, "hidden.jpg")));
        done(mediator, "session", Map.of("at", ago(1800), "where", "第一调解室", "present", List.of("1", "2"), "cause", "邻里排水纠纷", "told", "true", "statements", "双方各说了经过",
                "result", "达成一致"));
        done(mediator, "draft", Map.of("facts", "屋檐滴水打湿院墙", "issues", "谁来修、赔多少", "responsibility", "双方各有责任", "terms",
                List.of("2\t1\t支付修复费\t1200.50\t" + CivilTime.dateOf(clock.instant()).plusDays(30) + "\t当面交付"), "copies", "3"));
    }

    private void isSigned() {
        Dispute.Draft draft = Acting.as(hall.handler, () -> disputes.find(dispute.matter())).orElseThrow().draft().orElseThrow();
        done(one, "sign", Map.of("read", "true", "text", draft.fingerprint(), "signature", picture(one, "hand.jpg")));
        done(hall.handler, "sign-paper", Map.of("whose", List.of("2"), "text", draft.fingerprint(), "witnessed", "true", "files", picture(hall.handler, "scan.jpg")));
        done(mediator, "sign-mediator", Map.of("text", draft.fingerprint()));
    }

    private String ago(long seconds) {
        return CivilTime.of(clock.instant().minusSeconds(seconds)).toLocalDateTime().withNano(0).toString();
    }

    private List<Paper> of(Actor who) {
        return Acting.as(who, () -> papers.of(dispute.matter()));
    }

    private String here() {
        return "/mediation/" + dispute.number().digits() + "/papers";
    }

    @Test
    void theAgreementIsIssuedSealedWhenItIsInForceAndEachSideFindsIt() throws Exception {
        begins();
        isHeardAndWritten();
        isSigned();
        seals.make(hall.works.id(), false);
        Visitor staff = new Visitor(port).signedInAs(somebody);
        staff.get(here());
        assertThat(staff.get(here() + "/agreement/0").status()).as("it may be looked at").isEqualTo(200);
        assertThat(staff.post(here() + "/agreement/0", Map.of()).status()).as("it is sealed by the act that puts it in force alone").isEqualTo(422);
        assertThat(of(hall.handler)).as("before it is in force").isEmpty();
        done(hall.handler, "put-in-force", Map.of("checked", "true"));
        for (Actor who : List.of(hall.handler, one, two)) {
            assertThat(of(who)).as("as %s finds it", who).extracting(Paper::kind).containsExactly("mediation-agreement");
        }
        assertThat(of(hall.dispatcher)).as("it is for the committee and the parties").isEmpty();
        assertThat(staff.post(here() + "/agreement/0", Map.of()).status()).as("nor is it revised here").isEqualTo(422);
        assertThat(of(one).getFirst().versions()).hasSize(1);
        done(hall.handler, "party", Map.of("role", "other", "name", "赵旁人", "phone", "13900000003"));
        assertThat(of(new Actor.Resident(dispute.matter(), 3))).as("who stands on no side").isEmpty();
        Paper paper = of(one).getFirst();
        byte[] pdf = Acting.as(one, () -> papers.bytes(paper.id(), 1)).orElseThrow();
        Files.write(Files.createDirectories(Path.of("target/papers")).resolve("case-agreement.pdf"), pdf);
        assertThat(paper.number().orElseThrow()).startsWith("（20");
        assertThat(Pdf.text(pdf)).contains("人民调解协议书", Normalizer.normalize(paper.number().orElseThrow(), Normalizer.Form.NFKC), "王小明", RARE, "人民币1200.50元", "壹仟贰佰元零伍角整", "(已在纸上签名,原件入卷)",
                mediator.held().personName(), hall.works.name()).doesNotContain("两千");
        assertThat(Pdf.signatures(pdf)).hasSize(1);
        assertThat(Pdf.wrongAsPdfA(pdf)).isEmpty();
        assertThat(Acting.as(one, () -> looks.of(dispute.matter()))).as("that contacts were seen is recorded").anyMatch(look -> look.what() == Looks.What.CONTACTS);
    }

    @Test
    void theFileSaysWhatIsMissingAndIsBoundWhenAllIsThere() throws Exception {
        begins();
        isHeardAndWritten();
        isSigned();
        seals.make(hall.works.id(), false);
        done(hall.handler, "put-in-force", Map.of("checked", "true"));
        closes();
        Visitor staff = new Visitor(port).signedInAs(somebody);
        String before = staff.get(here()).body();
        assertThat(before).contains("人民调解申请书", "人民调解权利义务告知书（" + RARE + "）", "人民调解协议书", "证据材料", "待出具", "已出具");
        Visitor.Answer refused = staff.post(here() + "/file", Map.of("retention", "long", "note", ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("卷宗缺少：人民调解申请书", "卷宗缺少：当事人身份证明", "卷宗缺少：人民调解记录").doesNotContain("卷宗缺少：人民调解协议书");
        assertThat(Acting.as(hall.handler, () -> files.of(dispute.matter()))).isEmpty();
        assertThat(of(hall.handler)).as("nothing is left of what was refused").hasSize(1);
        // residents have a right to the closing: the matter is closed, and its file waits, with a limit
        String workspace = "/mediation/" + dispute.number().digits();
        assertThat(staff.get(workspace).body()).contains("已办结，卷宗未归档", "卷宗还没有装订归档，缺：人民调解申请书、人民调解权利义务告知书");
        assertThat(waits()).isTrue();
        assertThat(act(mediator, "bind", Map.of("retention", "long", "pages", "3", "digest", "0123456789abcdef"))).isInstanceOfSatisfying(Answer.Refused.class, not ->
                assertThat(not.refusals()).extracting(Refusal::code).containsExactly("mediation-file-not-bound"));
        assertThat(staff.post(here(), Map.of()).status()).isEqualTo(303);
        assertThat(of(hall.handler)).extracting(Paper::kind).contains("mediation-application", "mediation-rights", "mediation-identities", "mediation-evidence", "mediation-session");
        assertThat(of(one)).extracting(Paper::kind).containsExactlyInAnyOrder("mediation-agreement", "mediation-rights", "mediation-session");
        assertThat(staff.post(here() + "/file", Map.of("retention", "permanent", "note", "户口簿没有复印件")).status()).isEqualTo(303);
        CaseFiles.Bound bound = Acting.as(hall.handler, () -> files.of(dispute.matter())).getFirst();
        assertThat(waits()).isFalse();
        assertThat(staff.get(workspace).body()).contains("装订卷宗归档").doesNotContain("卷宗未归档", "卷宗还没有装订归档");
        assertThat(Acting.as(hall.handler, () -> context.getBean(Readings.class).of(dispute.matter())).getLast()).satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("bind");
            assertThat(bound.sha256()).startsWith(entry.text("digest").orElseThrow());
        });
        byte[] pdf = Acting.as(hall.handler, () -> {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                files.write(bound.id(), out);
                return out.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Files.write(Files.createDirectories(Path.of("target/papers")).resolve("case-file.pdf"), pdf);
        List<String> pages = Pdf.pages(pdf);
        assertThat(pages.get(0)).contains("王小明、" + RARE + "邻里纠纷", "永久");
        assertThat(pages.get(1)).contains("卷内目录", "人民调解申请书", "人民调解证据材料", "人民调解记录", "人民调解协议书", "卷宗情况说明", "卷宗封底");
        assertThat(String.join("", pages)).contains("户口簿没有复印件", "共", "墙面受潮的照片", "只给一方看的证据").doesNotContain("两千").doesNotContain(APART).doesNotContain(HIDDEN);
        assertThat(Pdf.wrongAsPdfA(pdf)).isEmpty();
        assertThat(staff.get(here()).body()).contains(bound.sha256());
        try (Browser.Visit visit = Browser.visit(port).narrow().open().signedInAs(somebody)) {
            visit.go(here());
            visit.check("mediation-papers");
        }
        // issued again it is another version under the same number
        assertThat(staff.post(here() + "/application/0", Map.of()).status()).isEqualTo(303);
        assertThat(of(hall.handler).stream().filter(paper -> paper.kind().equals("mediation-application")).findFirst().orElseThrow().newest().version()).isEqualTo(2);
    }

    @Test
    void whatNoFontHasKeepsTheAgreementFromForce() {
        begins();
        done(mediator, "draft", Map.of("facts", "屋檐滴水", "issues", "谁来修", "responsibility", "各有责任", "terms",
                List.of("2\t1\t笑\uD83D\uDE00着修好\t\t" + CivilTime.dateOf(clock.instant()).plusDays(3) + "\t"), "copies", "3"));
        isSigned();
        seals.make(hall.works.id(), false);
        assertThat(act(hall.handler, "put-in-force", Map.of("checked", "true"))).isInstanceOfSatisfying(Answer.Refused.class, refused ->
                assertThat(refused.refusals()).containsExactly(Refusal.of("paper-character", "\uD83D\uDE00（U+1F600）")));
        assertThat(of(hall.handler)).isEmpty();
    }

    @Test
    void aRefusalEndsItWithANoticeForEachAlone() {
        done(two, "decline", Map.of());
        seals.make(hall.works.id(), false);
        Visitor staff = new Visitor(port).signedInAs(somebody);
        assertThat(staff.get(here()).body()).contains("人民调解终止告知书（" + RARE + "）");
        assertThat(staff.post(here() + "/remedies/2", Map.of()).status()).isEqualTo(303);
        assertThat(of(two)).extracting(Paper::kind).containsExactly("mediation-remedies");
        assertThat(of(one)).isEmpty();
        Paper notice = of(two).getFirst();
        assertThat(Pdf.text(Acting.as(two, () -> papers.bytes(notice.id(), 1)).orElseThrow())).contains("人民调解终止告知书", RARE, "有一方当事人不愿意调解", "向有管辖权的人民法院起诉");
        // on the party's own telephone
        String code = hall.done(hall.handler, dispute.matter(), "party-code", Map.of("whose", List.of("2"), "checked", "id-card"), version).code().orElseThrow();
        Visitor party = new Visitor(port);
        party.get("/follow");
        party.post("/follow", Map.of("number", dispute.number().digits(), "code", code));
        assertThat(party.get("/follow/" + dispute.number().digits()).body()).contains("给您的文书");
        String list = party.get("/follow/" + dispute.number().digits() + "/papers").body();
        assertThat(list).contains("人民调解终止告知书", notice.number().orElseThrow());
        Matcher link = Pattern.compile("/follow/papers/[0-9a-f-]+/1").matcher(list);
        assertThat(link.find()).isTrue();
        assertThat(party.get(link.group()).status()).isEqualTo(200);
        try (Browser.Visit visit = Browser.visit(port).narrow().open()) {
            visit.go("/follow").fill("#number", dispute.number().digits());
            visit.page().fill("#code", code);
            visit.page().click("main form .btn-primary");
            visit.page().waitForURL("**/follow/*");
            visit.go("/follow/" + dispute.number().digits() + "/papers");
            visit.check("mediation-party-papers");
        }
    }

    @Test
    void theyAreThePapersOfTheCommitteeAlone() {
        for (Actor.Staff other : List.of(hall.policeHead, hall.neighbourDispatcher)) {
            assertThat(Acting.as(other, () -> papers.of(dispute.matter()))).isEmpty();
        }
        People.Somebody stranger = new People(context).in(hall.police.id(), Role.HANDLER, Role.MEDIATOR);
        Visitor elsewhere = new Visitor(port).signedInAs(stranger);
        assertThat(elsewhere.get(here()).status()).isEqualTo(404);
        assertThat(elsewhere.get(here() + "/application/0").status()).isEqualTo(404);
        assertThat(elsewhere.post(here() + "/application/0", Map.of()).status()).isEqualTo(404);
        Visitor clerk = new Visitor(port).signedInAs(new People(context).in(hall.works.id(), Role.GRID_WORKER));
        for (String page : List.of(here(), here() + "/application/0", here() + "/application/0/refused")) {
            assertThat(clerk.get(page).status()).as(page + " for who does not work on cases").isEqualTo(403);
        }
        clerk.get("/password");
        assertThat(clerk.post(here() + "/application/0", Map.of()).status()).isEqualTo(403);
        Visitor staff = new Visitor(port).signedInAs(somebody);
        assertThat(staff.get(here() + "/application/0").whole().headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(staff.get(here() + "/invitation/2").status()).isEqualTo(200);
        assertThat(staff.get(here() + "/agreement/0").status()).as("nobody wrote one yet").isEqualTo(404);
        assertThat(staff.get(here() + "/visit/99").status()).isEqualTo(404);
        assertThat(staff.get(here() + "/nonsense/0").status()).isEqualTo(404);
        assertThat(staff.post(here() + "/file", Map.of("retention", "long")).body()).contains("调解终结以后才能装订卷宗");
    }

    @Test
    void whatIsFetchedIsForWhoWorksOnCasesAndIsNotedAsContacts() {
        Visitor staff = new Visitor(port).signedInAs(somebody);
        staff.get(here());
        assertThat(staff.post(here() + "/identities/0", Map.of()).status()).isEqualTo(303);
        Paper paper = of(hall.handler).getFirst();
        Visitor clerk = new Visitor(port).signedInAs(new People(context).in(hall.works.id(), Role.GRID_WORKER));
        clerk.get("/password");
        assertThat(clerk.get("/papers/" + paper.id() + "/1").status()).isEqualTo(403);
        assertThat(clerk.post("/papers/" + paper.id() + "/reprint", Map.of()).status()).isEqualTo(403);
        People.Somebody head = new People(context).in(hall.works.id(), Role.HEAD);
        Visitor reader = new Visitor(port).signedInAs(head);
        assertThat(reader.get("/papers/" + paper.id() + "/1").status()).isEqualTo(200);
        List<String> seen = Acting.as(new Actor.Machine("test"), () -> context.getBean(TransactionTemplate.class).execute(_ -> context.getBean(JdbcClient.class)
                .sql("select what from access.look where matter = ? and person = ?").params(dispute.matter(), head.person()).query(String.class).list()));
        assertThat(seen).contains("contacts");
    }

    @Test
    void whatIsErasedOfTheMatterIsInNoPaperAnyMoreAndTheyAreIssuedAnew() {
        Visitor staff = new Visitor(port).signedInAs(somebody);
        staff.get(here());
        assertThat(staff.post(here() + "/application/0", Map.of()).status()).isEqualTo(303);
        Paper paper = of(hall.handler).getFirst();
        Actor.Machine job = new Actor.Machine("test");
        Forgetting.Part part = new Forgetting.Part(dispute.matter(), dispute.number(), version, Set.of("phone"), Set.of(), Set.of(), Optional.empty(), OptionalLong.empty());
        Acting.run(job, () -> context.getBeansOfType(Forgetting.class).values().stream().filter(room -> Set.of("documents", "mediation-marks").contains(room.room()))
                .forEach(room -> assertThat(room.forgetPart(part)).isTrue()));
        assertThat(Acting.as(job, () -> papers.find(paper.id())).orElseThrow().forgotten()).isTrue();
        assertThat(Acting.as(hall.handler, () -> papers.bytes(paper.id(), 1))).isEmpty();
        assertThat(staff.post(here() + "/application/0", Map.of()).status()).isEqualTo(303);
        Paper anew = of(hall.handler).stream().filter(one -> !one.forgotten()).findFirst().orElseThrow();
        assertThat(anew.id()).isNotEqualTo(paper.id());
        assertThat(Acting.as(hall.handler, () -> papers.bytes(anew.id(), 1))).isPresent();
    }

    @Test
    void whatIsPrintedAfterTheMatterIsClosedNamesThePartiesAll() {
        begins();
        isHeardAndWritten();
        isSigned();
        seals.make(hall.works.id(), false);
        done(mediator, "put-in-force", Map.of("checked", "true"));
        closes();
        assertThat(Acting.as(hall.handler, () -> context.getBean(Readings.class).people(dispute.matter()))).as("no contacts are shown of what is closed")
                .allMatch(person -> person.contact("name").isEmpty());
        Visitor staff = new Visitor(port).signedInAs(somebody);
        staff.get(here());
        assertThat(staff.post(here() + "/acceptance/0", Map.of()).status()).isEqualTo(303);
        Paper paper = of(hall.handler).stream().filter(known -> known.kind().equals("mediation-acceptance")).findFirst().orElseThrow();
        assertThat(Pdf.text(Acting.as(hall.handler, () -> papers.bytes(paper.id(), 1)).orElseThrow())).contains("王小明", RARE);
        assertThat(Acting.as(one, () -> looks.of(dispute.matter()))).anyMatch(look -> look.what() == Looks.What.CONTACTS && look.unit().equals(hall.works.id()));
    }

    @Test
    void theBoundFileIsForWhoWorksOnTheCaseAndWhoReadsItIsNotedAsHavingSeenContacts() {
        begins();
        isHeardAndWritten();
        isSigned();
        seals.make(hall.works.id(), false);
        done(hall.handler, "put-in-force", Map.of("checked", "true"));
        Visitor staff = new Visitor(port).signedInAs(somebody);
        staff.get(here());
        assertThat(staff.post(here(), Map.of()).status()).isEqualTo(303);
        assertThat(staff.post(here() + "/file", Map.of("retention", "long", "note", "")).status()).isEqualTo(303);
        CaseFiles.Bound bound = Acting.as(hall.handler, () -> files.of(dispute.matter())).getFirst();
        String file = "/papers/case-files/" + bound.id();
        Visitor party = new Visitor(port);
        party.get("/follow");
        party.post("/follow", Map.of("number", dispute.number().digits(), "code", dispute.code().orElseThrow()));
        assertThat(party.get("/follow/" + dispute.number().digits()).status()).as("the party is known").isEqualTo(200);
        assertThat(party.get(file).status()).as("a party").isIn(302, 303, 401, 403, 404);
        assertThat(new Visitor(port).get(file).status()).as("a stranger").isIn(302, 303, 401);
        for (Actor who : List.of(one, two, hall.dispatcher, hall.policeHead, hall.neighbourDispatcher)) {
            assertThat(Acting.as(who, () -> files.find(bound.id()))).as("%s", who).isEmpty();
        }
        assertThat(new Visitor(port).signedInAs(new People(context).in(hall.police.id(), Role.MEDIATOR, Role.HEAD)).get(file).status()).as("a neighbour unit").isEqualTo(404);
        assertThat(new Visitor(port).signedInAs(new People(context).in(hall.works.id(), Role.GRID_WORKER)).get(file).status()).as("who does not work on cases").isEqualTo(403);
        People.Somebody leaver = new People(context).in(hall.works.id(), Role.HANDLER);
        Visitor left = new Visitor(port).signedInAs(leaver);
        assertThat(left.get(file).status()).isEqualTo(200);
        assertThat(seen(leaver)).contains("contacts");
        new People(context).endPost(leaver.person(), leaver.post());
        assertThat(left.get(file).status()).as("an ended post").isNotEqualTo(200);
        Paper identities = of(hall.handler).stream().filter(paper -> paper.kind().equals("mediation-identities")).findFirst().orElseThrow();
        for (String paper : List.of("/papers/" + identities.id() + "/1", here() + "/identities/0")) {
            assertThat(left.get(paper).status()).as("an ended post and " + paper).isNotEqualTo(200);
            People.Somebody reader = new People(context).in(hall.works.id(), Role.HANDLER);
            assertThat(new Visitor(port).signedInAs(reader).get(paper).status()).isEqualTo(200);
            assertThat(seen(reader)).as(paper).contains("contacts");
        }
    }

    /** What this person is recorded to have looked at of the matter. */
    private List<String> seen(People.Somebody who) {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(TransactionTemplate.class).execute(_ -> context.getBean(JdbcClient.class)
                .sql("select what from access.look where matter = ? and person = ?").params(dispute.matter(), who.person()).query(String.class).list()));
    }

    @Test
    void whatWasErasedIsPrintedAsSuchAndASealedAgreementThatWentIsNotMadeAgain() throws Exception {
        begins();
        isHeardAndWritten();
        isSigned();
        seals.make(hall.works.id(), false);
        done(mediator, "put-in-force", Map.of("checked", "true"));
        closes();
        String code = dispute.code().orElseThrow();
        Actor.Machine job = new Actor.Machine("test");
        Parts parts = context.getBean(Parts.class);
        Set<Parts.Place> name = parts.held(dispute.matter()).stream().filter(one -> one.party().equals(Optional.of(2)) && one.place().field().equals("name")).map(Parts.Held::place)
                .collect(Collectors.toSet());
        assertThat(Acting.as(job, () -> parts.erase(dispute.matter(), 2, name, "duty", "其余办理需要", "T"))).isInstanceOf(Endings.Answer.Done.class);
        Visitor staff = new Visitor(port).signedInAs(somebody);
        assertThat(staff.get(here()).body()).contains("本案有内容已依法删除", "盖章的协议书已随依法删除的内容一并删除", "待出具").doesNotContain(RARE);
        Visitor.Answer again = staff.post(here() + "/agreement/0", Map.of());
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("盖章的协议书已依法删除，不能重新出具");
        assertThat(staff.post(here() + "/acceptance/0", Map.of()).status()).isEqualTo(303);
        Paper paper = of(hall.handler).stream().filter(known -> known.kind().equals("mediation-acceptance") && !known.forgotten()).findFirst().orElseThrow();
        assertThat(Pdf.text(Acting.as(hall.handler, () -> papers.bytes(paper.id(), 1)).orElseThrow())).contains("王小明", "(已依法删除)").doesNotContain(RARE);
        Visitor party = new Visitor(port);
        party.get("/follow");
        party.post("/follow", Map.of("number", dispute.number().digits(), "code", code));
        assertThat(party.get("/follow/" + dispute.number().digits() + "/papers").body()).contains("人民调解协议书", "内容已依法删除，不能再下载").doesNotContain("/follow/papers/");
        // the file is bound without it, and says so
        assertThat(staff.post(here(), Map.of()).status()).isEqualTo(303);
        assertThat(staff.post(here() + "/file", Map.of("retention", "long", "note", "")).status()).isEqualTo(303);
        // a name that nobody erased and nobody can read is no "party 1" on a sealed paper
        try (var all = SuperuserConnection.open(context); var garbled = all.prepareStatement("""
                update matters.particular set sealed = set_byte(sealed, octet_length(sealed) - 1, (get_byte(sealed, octet_length(sealed) - 1) + 1) % 256)
                where matter = ? and field = 'name' and party = 1""")) {
            garbled.setObject(1, dispute.matter());
            assertThat(garbled.executeUpdate()).isEqualTo(1);
        }
        assertThat(staff.post(here() + "/acceptance/0", Map.of()).body()).contains("1 号当事人的姓名看不到");
        assertThat(Acting.as(hall.handler, () -> papers.find(paper.id())).orElseThrow().versions()).hasSize(1);

        assertThat(Acting.as(job, () -> context.getBean(Endings.class).erase(dispute.matter(), Endings.Ground.RETENTION, "T3"))).isInstanceOf(Endings.Answer.Done.class);
        assertThat(staff.get(here())).satisfies(page -> {
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("本案已依法删除", "不能再查看、打印或者重新出具").doesNotContain("/papers/file");
        });
        for (String what : List.of("", "/acceptance/0", "/agreement/0", "/file")) {
            assertThat(staff.post(here() + what, Map.of("retention", "long"))).as("after that " + what).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.body()).contains("本案已依法删除，不能再出具或者打印文书");
            });
        }
    }

    /** Whether the limit for binding the file runs, of the unit whose it is. */
    private boolean waits() {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(TransactionTemplate.class).execute(_ -> context.getBean(JdbcClient.class)
                .sql("select exists (select from matters.clock where matter = ? and name = 'archive' and unit = ?)").params(dispute.matter(), hall.works.id()).query(Boolean.class).single()));
    }

    private void closes() {
        done(mediator, "answer", Map.of("answer", "已达成协议"));
        done(hall.verifier, "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "agreed"));
    }
}
