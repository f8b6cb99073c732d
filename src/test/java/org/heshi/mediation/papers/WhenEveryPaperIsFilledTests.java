package org.heshi.mediation.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Rendered;
import org.heshi.documents.Pdf;
import org.heshi.kernel.CivilTime;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.papers.CasePapers.Kept;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Each paper says what the log of the case says, and nothing that one side said alone. */
@HeshiTest
class WhenEveryPaperIsFilledTests {

    private static final String COMPANY = "试验县安居建设有限责任公司";
    private static final String ALONE = "私下说的底线是八千";

    @Autowired
    ApplicationContext context;
    @Autowired
    CaseReader cases;
    @Autowired
    CasePapers issued;
    @Autowired
    Papers papers;
    @Autowired
    InstantSource clock;

    private org.heshi.mediation.course.Case of;

    private String ago(long minutes) {
        return CivilTime.of(clock.instant().minusSeconds(minutes * 60)).toLocalDateTime().withNano(0).toString();
    }

    /** Wages, entrusted by a court, against an organisation for which somebody acts. */
    private void wagesAgainstAnOrganisation() {
        of = new org.heshi.mediation.course.Case(context);
        of.done(of.mediator, "particulars", Map.of("whose", List.of("2"), "kind-of", "organisation", "identity", "91350100M000100Y43", "head-of", "李试验（经理）", "phone", "0575-1111111",
                "address", "试验县工业路九号"));
        of.done(of.mediator, "particulars", Map.of("whose", List.of("1"), "kind-of", "person", "sex", "男", "nation", "汉族", "age", "45", "work", "泥瓦工", "address", "试验村三组"));
        of.done(of.mediator, "represent", Map.of("whose", List.of("2"), "role", "representative", "authority", "special", "name", "周试验", "phone", "13900000009", "letter", List.of(of.picture())));
        of.done(of.mediator, "take-up", Map.of("source", "court-before", "entrusted-by", of.court.id().toString(), "entrusted-on", org.heshi.mediation.course.Case.inDays(-3).toString(), "court-number", "（2026）试诉前调1号", "type", "labour",
                "applicants", List.of("1"), "respondents", List.of("2"), "facts", "拖欠三个月工资", "requests", "支付工资\n支付利息", "fit", "true"));
    }

    private void begins() {
        of.done(of.party(1), "consent", Map.of("told", "true", "open", "closed"));
        of.done(of.party(3), "consent", Map.of("told", "true", "open", "closed"));
        of.done(of.mediator, "appoint", Map.of("mediator", of.mediator.post().toString(), "how", "chosen", "no-interest", "true"));
        of.done(of.mediator, "willing", Map.of());
        of.done(of.mediator, "caucus", Map.of("with", List.of("2"), "record", ALONE));
        of.done(of.mediator, "investigate", Map.of("at", ago(90), "where", "工地", "asked-name", "孙工友", "record", "问：欠几个月？\n答：三个月。"));
        of.done(of.party(3), "evidence", Map.of("what", "只给调解员看的账本", "files", List.of(of.picture())));
        of.done(of.mediator, "session", Map.of("at", ago(60), "where", "第一调解室", "present", List.of("1", "2"), "cause", "拖欠工资", "told", "true", "statements", "各说了经过",
                "result", "同意分两期付清"));
    }

    private void agreed() {
        of.done(of.mediator, "draft", org.heshi.mediation.course.Case.draft(org.heshi.mediation.course.Case.clause(2, 1, "支付工资", "6000", org.heshi.mediation.course.Case.inDays(10)),
                org.heshi.mediation.course.Case.clause(2, 1, "支付工资", "3000.01", org.heshi.mediation.course.Case.inDays(40))));
        of.signed(1).signed(3);
        of.done(of.mediator, "sign-mediator", Map.of("text", of.fingerprint()));
        of.done(of.mediator, "put-in-force", Map.of("checked", "true"));
        of.done(of.mediator, "perform", Map.of("which", "1", "amount", "2500", "on", org.heshi.mediation.course.Case.inDays(0).toString(), "files", List.of(of.picture())));
        of.done(of.mediator, "perform", Map.of("which", "1", "amount", "500", "on", org.heshi.mediation.course.Case.inDays(0).toString()));
        of.done(of.party(3), "performed", Map.of("which", "1", "amount", "77", "on", org.heshi.mediation.course.Case.inDays(0).toString()));
        of.done(of.mediator, "revisit", Map.of("at", ago(1), "whose", List.of("1"), "how", "phone", "kept", "partly", "satisfied", "fair", "sued", "unknown", "words", "收到一部分"));
        of.done(of.mediator, "join-recorded", Map.of("whose", List.of("1", "2"), "signed", "true"));
        of.done(of.mediator, "file", Map.of("court", of.court.id().toString(), "on", org.heshi.mediation.course.Case.inDays(0).toString(), "papers", "true", "fit", "true"));
        of.done(of.mediator, "report-back", Map.of("on", org.heshi.mediation.course.Case.inDays(0).toString(), "words", "两次调解后达成协议"));
    }

    private Case known() {
        return Acting.as(of.mediator, () -> cases.find(of.id())).orElseThrow();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        Case known = known();
        for (Kept one : Acting.as(of.mediator, () -> issued.of(known))) {
            if (one.slot().content().isPresent()) {
                Rendered rendered = Acting.as(of.mediator, () -> issued.preview(known, one.slot()));
                assertThat(rendered).as(one.slot().kind()).isInstanceOf(Rendered.Done.class);
                byte[] pdf = ((Rendered.Done) rendered).pdf();
                show(one.slot().kind(), pdf);
                texts.merge(one.slot().kind(), Pdf.text(pdf), String::concat);
            }
        }
        return texts;
    }

    @Test
    void fromACaseThatACourtEntrustedWithAnOrganisation() {
        wagesAgainstAnOrganisation();
        begins();
        agreed();
        Map<String, String> texts = texts();
        assertThat(texts.keySet()).containsExactly("acceptance", "rights", "identities", "authority", "investigation", "session", "agreement", "receipt", "visit",
                "confirmation-organisation", "result", "closing", "description");
        assertThat(texts.get("acceptance")).contains("接受委托(移送),经当事人同意", "■3接受委托、移送", "□1当事人申请", "法院委派(立案前)", "劳动争议", "拖欠三个月工资");
        assertThat(texts.get("rights")).contains("王小明(已在网上确认)");
        assertThat(texts.get("identities")).contains("91350100M000100Y43", "李试验(经理)", "周试验");
        assertThat(texts.get("authority")).contains("特别授权", "周试验", "李对面");
        assertThat(texts.get("investigation")).contains("孙工友", "答:三个月。");
        assertThat(texts.get("description")).as("what one side alone was shown is named by its number").contains("只给一方看的证据", "登记序号");
        texts.forEach((kind, text) -> assertThat(text).as(kind).doesNotContain("只给调解员看的账本"));
        assertThat(texts.get("session")).contains("第一调解室", "各说了经过", "同意分两期付清", "已将人民调解的性质");
        assertThat(texts.get("agreement")).contains("王小明,男,汉族,45岁,泥瓦工", "法定代表人(负责人):李试验(经理)", "统一社会信用代码:91350100M000100Y43", "李对面(周试验代)",
                "人民币3000.01元(大写:叁仟元零壹分)", of.dispute().drafts().getLast().fingerprint());
        assertThat(texts.get("receipt")).contains("收条", "人民币2500.00元(大写:贰仟伍佰元整)", "该项还有人民币3500.00元", "该项还有人民币3000.00元")
                .as("what the debtor says is no receipt").doesNotContain("77.00");
        assertThat(texts.get("visit")).contains("部分履行", "基本满意", "不清楚", "收到一部分");
        assertThat(texts.get("confirmation-organisation")).contains(plain(of.court.name()), "授权委托书和代理人身份证明", "三十日内");
        assertThat(texts.get("result")).contains(plain(of.court.name()) + ":", "(2026)试诉前调1号", "达成书面调解协议", "两次调解后达成协议");
        assertThat(texts.get("closing")).contains("共2项,已履行0项");
        texts.forEach((kind, text) -> assertThat(text).as(kind).doesNotContain("八千", "null", "Optional", "mediation."));
        assertThat(texts.get("agreement")).as("a telephone changes without a new text").doesNotContain("0575-1111111", "13900000009");
        String mediator = plain(of.mediator.held().personName());
        assertThat(texts.get("closing")).contains(mediator);
        of.done(of.mediator, "remediate", Map.of("reason", "付不起"));
        of.done(of.mediator, "refuse", Map.of("told", "true"));
        assertThat(texts().get("closing")).as("a new try failed before anybody was named for it").contains(mediator);
    }

    private static String plain(String text) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC).replaceAll("\\s+", "");
    }

    @Test
    void andEachSideReadsOfThemWhatIsForThem() {
        wagesAgainstAnOrganisation();
        begins();
        agreed();
        Acting.run(of.mediator, () -> {
            Case known = cases.find(of.id()).orElseThrow();
            issued.of(known).stream().filter(one -> one.paper().isEmpty() && one.slot().content().isPresent()).forEach(one -> assertThat(issued.issue(known, one.slot())).isEmpty());
        });
        Map<Integer, Set<String>> kinds = new HashMap<>();
        for (int party : List.of(1, 2, 3)) {
            Actor.Resident who = of.party(party);
            List<Paper> theirs = Acting.as(who, () -> papers.of(of.id()));
            kinds.put(party, theirs.stream().map(paper -> paper.kind().replace("mediation-", "")).collect(Collectors.toSet()));
            for (Paper paper : theirs) {
                String text = Pdf.text(Acting.as(who, () -> papers.bytes(paper.id(), paper.newest().version())).orElseThrow());
                assertThat(text).as("%s as party %d reads it", paper.kind(), party).doesNotContain("八千", "只给调解员看的账本", "孙工友");
            }
        }
        Set<String> both = Set.of("agreement", "session", "receipt", "confirmation-organisation");
        assertThat(kinds.get(1)).containsExactlyInAnyOrderElementsOf(with(both, "rights"));
        assertThat(kinds.get(2)).containsExactlyInAnyOrderElementsOf(with(both, "rights", "authority"));
        assertThat(kinds.get(3)).containsExactlyInAnyOrderElementsOf(java.util.List.of("agreement", "session", "receipt", "authority"));
    }

    private static List<String> with(Set<String> kinds, String... more) {
        return java.util.stream.Stream.concat(kinds.stream(), java.util.stream.Stream.of(more)).toList();
    }

    @Test
    void orallyAgreedItIsRegisteredAsThat() {
        of = new org.heshi.mediation.course.Case(context).mediating();
        of.done(of.mediator, "oral", Map.of("at", ago(0), "where", "田边", "present", List.of("1", "2"), "facts", "田埂越界半尺", "terms",
                List.of(org.heshi.mediation.course.Case.clause(2, 0, "退回半尺田埂", "", org.heshi.mediation.course.Case.inDays(3))), "no-paper", "true"));
        assertThat(known().dispute().result()).contains(Dispute.Result.ORAL);
        Map<String, String> texts = texts();
        assertThat(texts).containsKey("oral").doesNotContainKeys("agreement", "remedies");
        assertThat(texts.get("oral")).contains("口头协议登记表", "田埂越界半尺", "退回半尺田埂", of.mediator.held().personName());
        assertThat(texts.get("application")).contains("王小明", "砌墙占地");
    }

    @Test
    void withoutAgreementInALabourCaseArbitrationComesFirst() {
        wagesAgainstAnOrganisation();
        begins();
        of.done(of.party(1), "leave", Map.of());
        Map<String, String> texts = texts();
        assertThat(texts.get("remedies")).contains("一方当事人要求终止调解", "应当先申请仲裁", "支付令");
        assertThat(texts.get("result")).contains("没有达成协议");
        assertThat(texts).doesNotContainKeys("agreement", "oral", "confirmation", "confirmation-organisation");
    }

    @Test
    void beforeAnybodyConsentedTheyAreInvitedByName() {
        wagesAgainstAnOrganisation();
        of.done(of.mediator, "invite", Map.of("at", CivilTime.of(clock.instant().plusSeconds(86_400)).toLocalDateTime().withNano(0).toString(), "where", "综治中心调解室", "open", "closed"));
        String text = texts().get("invitation");
        assertThat(text).contains("人民调解邀请书", "李对面:", "综治中心调解室", "不收任何费用", "/follow/" + of.matter.number().digits()).doesNotContain("13900000009");
    }

    private static void show(String kind, byte[] pdf) {
        try {
            Files.write(Files.createDirectories(Path.of("target/papers")).resolve("filled-" + kind + ".pdf"), pdf);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
