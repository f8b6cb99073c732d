package org.heshi.mediation.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.heshi.HeshiTest;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.PaperKind;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Numbering;
import org.heshi.documents.Papers.Rendered;
import org.heshi.documents.Pdf;
import org.heshi.documents.Signer;
import org.heshi.kernel.QrCode;
import org.heshi.kernel.Yuan;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** All people are invented. */
@HeshiTest
class WhenThePapersOfTheSetArePrintedTests {

    private static final String COMMITTEE = "试验县枫树镇人民调解委员会";
    private static final String LONG = "阿卜杜热合曼·买买提吐尔逊·阿卜杜克热木·吐尔逊阿依古丽·买买提艾力·阿卜";
    private static final String RARE = "𠮷㛃䶮";
    private static final String AGREEMENT = "(2026)枫树人调字第1号";
    private static final Optional<String> HAND = Optional.of(PaperFrame.picture("image/jpeg", Pdf.jpeg(300, 120)));
    private static final LocalDate DAY = LocalDate.of(2026, 7, 3);
    private static final String FACTS = "二〇二六年五月，申请人在自家院内翻建厨房，屋檐滴水落在被申请人院墙上，墙面受潮、抹灰脱落。双方多次争执，村里劝说没有结果。";

    private static final PaperParty ONE = new PaperParty("申请人", false, LONG, "女", "维吾尔族", "41", "经营餐馆", "13800000000", "试验县枫树镇长街一百二十八号院三单元一层东户",
            "110101199003070000", "", List.of());
    private static final PaperParty TWO = new PaperParty("被申请人", false, "王" + RARE, "男", "汉族", "67", "农民", "0000-0000000", "试验县枫树镇南坡村", "110101195903070000", "",
            List.of(new PaperParty.Deputy("委托代理人", "王试验", "110101198503070000", "13900000000", "特别授权")));
    private static final PaperParty SELF = new PaperParty("委托人", false, TWO.name(), TWO.sex(), TWO.nation(), TWO.age(), TWO.work(), TWO.phone(), TWO.address(), TWO.identity(), "", List.of());
    private static final PaperParty FIRM = new PaperParty("被申请人", true, "试验县枫树镇万家安居物业服务有限责任公司", "", "", "", "", "0000-1111111", "试验县枫树镇工业路九号",
            "91330000000000000A", "李试验（经理）", List.of());
    private static final List<PaperTerm> TERMS = List.of(
            new PaperTerm("王" + RARE, LONG, "支付墙面修复费", Optional.of(new Yuan(1_000_000_000_000L)), Optional.of(LocalDate.of(2026, 8, 1)), "银行转账，在镇调解委员会当面确认"),
            new PaperTerm("王" + RARE, LONG, "支付误工费", Optional.of(new Yuan(120_050)), Optional.of(LocalDate.of(2026, 9, 1)), ""),
            new PaperTerm(LONG, "", "把厨房屋檐改装集水槽，雨水引入自家院内", Optional.empty(), Optional.of(LocalDate.of(2026, 7, 31)), "自己出资、自己施工"));
    private static final List<Signer> SIGNERS = List.of(new Signer("申请人", LONG, HAND, Optional.of(DAY)), new Signer("被申请人", "王" + RARE, HAND, Optional.of(DAY)),
            new Signer("人民调解员", "赵试验", HAND, Optional.of(DAY)), new Signer("记录人", "钱试验", Optional.empty(), Optional.empty()));

    @Autowired
    Papers papers;
    @Autowired
    List<PaperKind> kinds;

    private static Map<String, Content> all() {
        Map<String, Content> all = new LinkedHashMap<>();
        all.put("application", new Content.Application(List.of(ONE, TWO), FACTS, List.of("修复墙面", "赔偿损失一千二百元五角", "今后不再往对方院内排水"), SIGNERS.subList(0, 1)));
        all.put("acceptance", new Content.Acceptance(COMMITTEE, DAY, Content.Acceptance.How.ASKED, LONG + "、王" + RARE, "邻里纠纷", "当事人一方申请", FACTS, "修复墙面", SIGNERS.subList(0, 3)));
        all.put("rights", new Content.Rights(COMMITTEE, "王" + RARE, List.of(new Signer("被告知人", "王" + RARE, HAND, Optional.of(DAY)))));
        all.put("identities", new Content.Identities(List.of(ONE, TWO, FIRM)));
        all.put("authority", new Content.Authority(SELF, TWO.deputies().getFirst(), "与" + LONG + "邻里纠纷", true, SIGNERS.subList(1, 2)));
        all.put("investigation", new Content.Investigation("2026年7月1日9时30分", "南坡村村委会", "", "孙试验（邻居）", "邻里纠纷", "问：你看见了什么？\n答：下雨的时候水从屋檐直接落到墙上。\n".repeat(18),
                List.of(new Signer("调查人", "赵试验", HAND, Optional.of(DAY)), new Signer("被调查人", "孙试验", Optional.empty(), Optional.empty()), new Signer("记录人", "钱试验", Optional.empty(), Optional.empty()))));
        List<Content.Evidence.Piece> pieces = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            pieces.add(new Content.Evidence.Piece("第" + i + "组墙面受潮的照片，从院内拍摄，可以看见抹灰脱落", i % 2 == 0 ? LONG : "王" + RARE, "2026.7." + i, i % 3 == 0 ? LONG + "、王" + RARE : "", i));
        }
        all.put("evidence", new Content.Evidence("邻里纠纷", pieces));
        all.put("session", new Content.Session("2026年7月2日14时至16时", "枫树镇综治中心第二调解室", "邻里排水纠纷", "孙试验（邻居，双方同意邀请）", LONG + "、王" + RARE + "、王试验（委托代理人）", "赵试验",
                "人民调解委员会已将人民调解的性质、原则和效力以及当事人的权利、义务告知各方当事人，各方表示清楚。", FACTS, "双方共同查看了照片，对墙面受潮没有异议。", FACTS.repeat(12), "双方达成协议。", "", SIGNERS));
        all.put("agreement", new Content.Agreement(List.of(ONE, TWO), FACTS, "墙面受潮由谁修复、损失多少。", "申请人没有安装集水槽，承担主要责任；被申请人自愿分担部分费用。", TERMS, "双方今后互谅互让。", 3, "0123456789abcdef", COMMITTEE, SIGNERS));
        all.put("oral", new Content.Oral(List.of(ONE, FIRM), "2026年7月2日15时20分", FACTS, "电梯停用期间的物业费。", "", TERMS.subList(1, 3), COMMITTEE, SIGNERS.subList(2, 3)));
        all.put("receipt", new Content.Receipt("王" + RARE, LONG, Optional.of(new Yuan(120_050)), "支付误工费", AGREEMENT + "人民调解协议书", Optional.of(DAY), Optional.of(new Yuan(1)),
                SIGNERS.subList(0, 1)));
        all.put("visit", new Content.Visit(LONG + "、王" + RARE, AGREEMENT, "了解协议履行情况", "2026年8月3日", "上门", "全部履行", "满意", "没有起诉", "双方表示事情已经了结。", SIGNERS.subList(2, 3)));
        List<String> handed = List.of("人民调解协议书（原件）", "当事人身份证明", "与调解协议相关的财产权利证明", "双方送达地址和电话", "授权委托书");
        all.put("confirmation", new Content.Confirmation(List.of(ONE, TWO), COMMITTEE, AGREEMENT + "人民调解协议书", Optional.of(DAY), "邻里排水纠纷", TERMS, "试验县人民法院", handed, SIGNERS.subList(0, 2)));
        all.put("confirmation-organisation", new Content.Confirmation(List.of(ONE, FIRM), COMMITTEE, AGREEMENT + "人民调解协议书", Optional.empty(), "物业服务纠纷", TERMS.subList(0, 1), "", handed,
                List.of(SIGNERS.getFirst(), new Signer("申请人", FIRM.name(), Optional.empty(), Optional.empty()))));
        all.put("description", new Content.Description(List.of("本卷共收文书八件，全部齐全。", "当事人没有提供户口簿，只收身份证复印件。"), List.of(new Signer("立卷人", "钱试验", Optional.empty(), Optional.of(DAY)))));
        all.put("back-cover", new Content.BackCover(COMMITTEE, 1234, "钱试验", DAY, "长期", ""));
        all.put("closing", new Content.Closing(COMMITTEE, "赵试验", DAY, Optional.of(DAY), Optional.empty(), List.of(ONE, TWO, FIRM), "邻里纠纷", "当事人申请", FACTS, "达成书面协议。", "全部履行。",
                List.of(new Signer("承办人", "赵试验", Optional.empty(), Optional.empty()), new Signer("负责人", "", Optional.empty(), Optional.empty()))));
        String address = "https://heshi.example.org/follow/330000202600000017";
        all.put("invitation", new Content.Invitation("王" + RARE, LONG, "邻里排水纠纷", COMMITTEE, "3300 0020 2600 0000 17", address, PaperFrame.picture("image/png", QrCode.of(address).png(6)),
                "2026年7月10日9时", "枫树镇综治中心第二调解室", "赵试验，0000-2222222"));
        all.put("remedies", new Content.Remedies("王" + RARE, "拖欠工资", "当事人不同意调解", true, COMMITTEE));
        all.put("result", new Content.Result("试验县人民法院", "（2026）试0101诉前调1号", LONG + "与王" + RARE, "邻里排水纠纷", "2026年6月20日", "2026年6月21日", "2026年7月3日", "达成书面协议，已经生效", FACTS,
                List.of("人民调解协议书"), COMMITTEE));
        return all;
    }

    private byte[] preview(String kind, Content content) {
        Rendered rendered = papers.preview(new Papers.Draft("mediation-" + kind, UUID.randomUUID(), UUID.randomUUID(), new Numbering.None(), Set.of("lead"), (Record) content));
        assertThat(rendered).as(kind).isInstanceOf(Rendered.Done.class);
        return ((Rendered.Done) rendered).pdf();
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s+", "");
    }

    @Test
    void eachKindIsPrintedAndReadBackByTwoReaders() throws Exception {
        Map<String, Content> all = all();
        assertThat(all.keySet().stream().map(name -> "mediation-" + name)).as("every kind of the room").containsExactlyInAnyOrderElementsOf(
                kinds.stream().map(PaperKind::code).filter(code -> code.startsWith("mediation-")).toList());
        boolean poppler = Files.isExecutable(Path.of("/usr/bin/pdftotext"));
        for (var one : all.entrySet()) {
            byte[] pdf = preview(one.getKey(), one.getValue());
            show(one.getKey(), pdf);
            assertThat(Pdf.wrongAsPdfA(pdf)).as("PDF/A-2u of %s, as a judge of its own finds", one.getKey()).isEmpty();
            // what goes over the end of a page goes on after its foot
            String text = Pdf.text(pdf).replaceAll("预览—[0-9]+—", "");
            String second = poppler ? Pdf.byPoppler(pdf) : "";
            for (String said : said(one.getValue())) {
                assertThat(text).as("PDFBox reads %s", one.getKey()).contains(plain(said));
                if (poppler) {
                    assertThat(second).as("poppler reads %s", one.getKey()).contains(plain(said).substring(0, Math.min(6, plain(said).length())));
                }
            }
            runsOffNoPage(one.getKey(), pdf);
        }
        assumeThat(poppler).as("read by a second reader").isTrue();
    }

    private static List<String> said(Content content) {
        return switch (content) {
            case Content.Application it -> List.of("人民调解申请书", it.requests().getFirst(), "0000-0000000", FACTS, "维吾尔族", "人民调解委员会已将申请人民调解的相关规定告知我");
            case Content.Acceptance it -> List.of("人民调解受理登记表", it.between(), "■①当事人申请", "□②", FACTS, COMMITTEE);
            case Content.Rights it -> List.of("权利义务告知书", it.to() + "：", "要求终止调解", "不收取任何费用");
            case Content.Identities _ -> List.of("当事人身份证明", ONE.identity(), FIRM.identity());
            case Content.Authority _ -> List.of("授权委托书", "特别授权", "王试验");
            case Content.Investigation it -> List.of("人民调解调查记录", it.asked(), "答：下雨的时候水从屋檐直接落到墙上。");
            case Content.Evidence _ -> List.of("人民调解证据材料", "第30组");
            case Content.Session it -> List.of("人民调解记录", it.place(), it.result());
            case Content.Agreement _ -> List.of("人民调解协议书", LONG, RARE, "人民币10000000000.00元（大写：壹佰亿元整）", "人民币1200.50元（大写：壹仟贰佰元零伍角整）", "2026年8月1日", "本协议一式3份", COMMITTEE);
            case Content.Oral _ -> List.of("口头协议登记表", FIRM.name(), "壹仟贰佰元零伍角整");
            case Content.Receipt _ -> List.of("收条", "壹仟贰佰元零伍角整", "人民币0.01元（大写：壹分）");
            case Content.Visit it -> List.of("回访记录", AGREEMENT, it.performed());
            case Content.Confirmation it -> List.of("司法确认申请书", AGREEMENT, it.papers().getLast(), it.court().isEmpty() ? "人民法院" : it.court());
            case Content.Description it -> List.of("卷宗情况说明", it.words().getLast());
            case Content.BackCover it -> List.of("共1234页", it.retention());
            case Content.Closing _ -> List.of("结案报告表", FACTS, FIRM.phone());
            case Content.Invitation it -> List.of("人民调解邀请书", it.address(), it.matter(), "不收任何费用");
            case Content.Remedies _ -> List.of("终止告知书", "先申请仲裁", "12348");
            case Content.Result it -> List.of("调解结果报告", it.number(), it.entrusted());
        };
    }

    /** Every character stands between the margins of its page. */
    private static void runsOffNoPage(String kind, byte[] pdf) throws IOException {
        List<String> outside = new ArrayList<>();
        try (PDDocument read = Loader.loadPDF(pdf)) {
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition at) {
                    // 20 mm left and right, 14 mm above and below; the word across a preview is turned
                    if (at.getDir() == 0 && (at.getX() < 56 || at.getX() + at.getWidth() > 595 - 56 || at.getY() < 40 || at.getY() > 842 - 30)) {
                        outside.add(at.getUnicode() + " at " + at.getX() + "," + at.getY() + " of page " + getCurrentPageNo());
                    }
                }
            }.getText(read);
        }
        assertThat(outside).as("outside the margins of %s", kind).isEmpty();
    }

    @Test
    void signaturesStandTogetherWhateverStandsAboveThem() {
        Content.Agreement whole = (Content.Agreement) all().get("agreement");
        for (int times = 1; times <= 9; times++) {
            List<String> pages = Pdf.pages(preview("agreement", new Content.Agreement(whole.parties(), FACTS.repeat(times * 2), whole.issues(), "", whole.terms(), "", 3, "", COMMITTEE, SIGNERS)));
            assertThat(pages.stream().filter(page -> page.contains("(签名)")).count()).as("pages with signatures after %d times the facts", times).isEqualTo(1);
        }
    }

    @Test
    void theCodeOfTheInvitationLeadsToTheMatter() throws Exception {
        Content.Invitation invitation = (Content.Invitation) all().get("invitation");
        try (PDDocument read = Loader.loadPDF(preview("invitation", invitation))) {
            String found = "";
            for (int page = 0; page < read.getNumberOfPages() && found.isEmpty(); page++) {
                var picture = new PDFRenderer(read).renderImageWithDPI(page, 150);
                int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
                try {
                    found = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels)))).getText();
                } catch (com.google.zxing.NotFoundException e) {
                    found = "";
                }
            }
            assertThat(found).isEqualTo(invitation.address());
        }
    }

    @Test
    void emptyFormsLeaveRoomToWrite() {
        PaperParty nobody = new PaperParty("申请人", false, "", "", "", "", "", "", "", "", "", List.of());
        String text = Pdf.text(preview("application", new Content.Application(List.of(nobody), "", List.of(), List.of(new Signer("申请人", "", Optional.empty(), Optional.empty())))));
        assertThat(text).contains("姓名", "单位或住址", "1.2.3.", "年月日").doesNotContain("null", "Optional");
    }

    private static void show(String name, byte[] pdf) {
        try {
            Files.write(Files.createDirectories(Path.of("target/papers")).resolve("mediation-" + name + ".pdf"), pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
