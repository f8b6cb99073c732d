package org.heshi.documents.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.heshi.documents.Letter;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.PaperKind;
import org.heshi.documents.Pdf;
import org.heshi.documents.Signer;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.Refusal;
import org.heshi.site.words.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class WhenAPaperIsPrintedTests {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html, null, "gg.jte.generated.precompiled");
    private static final Messages WORDS = new Messages(new PathMatchingResourcePatternResolver());
    private static final Fonts FONTS = new Fonts("");
    private static final Printable PRINTABLE = new Printable(FONTS);
    private static final Press PRESS = press();
    private static final PaperKind LETTER = new PaperKind("letter", "documents.letter", "documents/letter.jte", Letter.class, true);
    private static final String HAND = PaperFrame.picture("image/jpeg", Pdf.jpeg(300, 120));
    private static final String UNIT = "诸暨市枫桥镇人民调解委员会";

    private static Press press() {
        try {
            return new Press(TEMPLATES, FONTS, PRINTABLE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PaperFrame frame(boolean preview) {
        return new PaperFrame(WORDS, "函", preview ? Optional.empty() : Optional.of("(2026)枫桥人调字第1号"), LocalDate.of(2026, 7, 3), preview, preview ? "" : "https://heshi.example.org/papers/check");
    }

    private static Letter letter(String name, int paragraphs) {
        return new Letter("关于邻里纠纷的函", name, IntStream.rangeClosed(1, paragraphs).mapToObj(i -> "第" + i + "段。双方自愿达成协议，按期履行，互不追究其他责任，今后友好相处。").toList(),
                List.of(new Letter.Fact("申请人", name)), signers(paragraphs), UNIT);
    }

    /** Two who sign by hand on the screen, three who sign on paper. */
    private static List<Signer> signers(int paragraphs) {
        return paragraphs < 3 ? List.of() : IntStream.rangeClosed(1, 5).mapToObj(i -> new Signer("当事人", "签字人" + i, i < 3 ? Optional.of(HAND) : Optional.empty(),
                i < 3 ? Optional.of(LocalDate.of(2026, 7, i)) : Optional.empty())).toList();
    }

    private static Printed issued(Letter letter) {
        assertThat(PRINTABLE.refusals(letter)).isEmpty();
        return PRESS.print(LETTER, frame(false), letter, new Look.Issued(Optional.of(UNIT)));
    }

    @Test
    void isPdfAWithTextThatCanBeTakenOutAndEveryFontInIt() throws Exception {
        byte[] pdf = issued(letter("试验甲", 30)).pdf();
        show("letter", pdf);
        assertThat(Pdf.text(pdf)).contains("关于邻里纠纷的函", "(2026)枫桥人调字第1号", "试验甲", "第30段。双方自愿达成协议", UNIT, "2026年7月3日");
        assertThat(Pdf.fonts(pdf)).isNotEmpty().allMatch(font -> font.endsWith(" embedded") && !font.endsWith("not embedded"));
        assertThat(Pdf.wrongAsPdfA(pdf)).isEmpty();
        assertThat(Pdf.pages(pdf)).allMatch(page -> page.contains("https://heshi.example.org/papers/check"));
        assertThat(Pdf.pages(pdf).getFirst()).contains("—1—");
        assumeThat(poppler()).isTrue();
        assertThat(Pdf.byPoppler(pdf)).contains("关于邻里纠纷的函", "第30段", UNIT);
    }

    @Test
    void printsRareCharactersAndLongNames() throws Exception {
        String long40 = "阿卜杜热合曼·买买提吐尔逊·阿卜杜克热木·吐尔逊阿依古丽·买买提艾力·阿卜";
        String rare = "𠮷㛃䶮 " + long40 + " Ömer Şükrü Ñandú Čapek Łukasz Zo\u0308e 〇";
        byte[] pdf = issued(letter(rare, 2)).pdf();
        show("rare", pdf);
        assertThat(Pdf.text(pdf)).contains("𠮷㛃䶮", "阿卜杜热合曼·买买提吐尔逊", "Ömer", "Şükrü", "Ñandú", "Čapek", "Łukasz", "Zöe", "〇");
        assertThat(Pdf.fonts(pdf)).containsExactly("HeshiLatin-Regular embedded", "HeshiRare-Regular embedded", "HeshiSong-Regular embedded");
        assertThat(Pdf.wrongAsPdfA(pdf)).isEmpty();
        assumeThat(poppler()).isTrue();
        assertThat(Pdf.byPoppler(pdf)).contains("𠮷㛃䶮");
    }

    @Test
    void refusesWhatNoFontHasWithFieldAndCodePoint() {
        Letter letter = new Letter("函", "王\uD87A\uDFF0", List.of("好", "笑\uD83D\uDE00哭\uD83D\uDE00\u200D"), List.of(new Letter.Fact("姓名", "\u0628")), List.of(), UNIT);
        assertThat(PRINTABLE.refusals(letter)).containsExactly(
                Refusal.at("to", "paper-character", "\uD87A\uDFF0（U+2EBF0）"),
                Refusal.at("words[1]", "paper-character", "\uD83D\uDE00（U+1F600）、U+200D"),
                Refusal.at("facts[0].value", "paper-character", "\u0628（U+0628）"));
    }

    @Test
    void takesACountysOwnFontForWhatIsRarerStill(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("broken.ttf"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> new Fonts(folder.toString())).isInstanceOf(CannotStart.class).hasMessageContaining("broken.ttf");
        assertThatThrownBy(() -> new Fonts(folder.resolve("no").toString())).isInstanceOf(CannotStart.class);
        Files.delete(folder.resolve("broken.ttf"));
        try (var in = new java.util.zip.GZIPInputStream(getClass().getResourceAsStream("/fonts/paper-latin.ttf.gz"))) {
            Files.copy(in, folder.resolve("own.ttf"));
        }
        assertThat(new Fonts(folder.toString()).missing("Ö")).isEmpty();
    }

    @Test
    void neverCutsTheBlockOfSignatures() {
        List<Integer> pages = new ArrayList<>();
        for (int paragraphs = 1; paragraphs <= 24; paragraphs++) {
            Printed printed = issued(letter("试验甲", paragraphs));
            List<String> texts = Pdf.pages(printed.pdf());
            int with = (int) texts.stream().filter(text -> text.contains(UNIT)).count();
            String page = texts.stream().filter(text -> text.contains(UNIT)).findFirst().orElseThrow();
            assertThat(with).as("pages with the unit, of %d paragraphs", paragraphs).isEqualTo(1);
            assertThat(page).as("the unit and the day, of %d paragraphs", paragraphs).contains(UNIT + "2026年7月3日");
            Spot seal = printed.seal().orElseThrow();
            assertThat(seal.page()).isEqualTo(texts.indexOf(page));
            assertThat(seal.width()).isBetween(118f, 120f);
            assertThat(seal.y()).as("the seal on its page, of %d paragraphs", paragraphs).isBetween(30f, 842f - seal.height());
            long signed = texts.stream().filter(text -> text.contains("签字人")).count();
            assertThat(signed).as("pages with signatures, of %d paragraphs", paragraphs).isEqualTo(paragraphs < 3 ? 0 : 1);
            pages.add(texts.size());
        }
        assertThat(pages).as("the block fell on every place of a page").contains(1, 2);
    }

    @Test
    void marksAPreviewOnEveryPageAndGivesItNoNumber() {
        byte[] pdf = PRESS.print(LETTER, frame(true), letter("试验甲", 30), new Look.Preview("预览")).pdf();
        show("preview", pdf);
        assertThat(Pdf.pages(pdf)).hasSizeGreaterThan(1).allMatch(page -> page.contains("预览"));
        assertThat(Pdf.text(pdf)).doesNotContain("人调字第").contains("编号在出具时生成");
        assertThat(Pdf.wrongAsPdfA(pdf)).isEmpty();
    }

    @Test
    void takesWordsAsWordsAndFetchesNothing() {
        Letter letter = new Letter("函 <b>&amp;", "<script>x</script>", List.of("<img src=\"file:///etc/passwd\"/> & ]]> \"'"), List.of(), List.of(), UNIT);
        byte[] pdf = issued(letter).pdf();
        assertThat(Pdf.text(pdf)).contains("函<b>&amp;", "<script>x</script>", "file:///etc/passwd");
    }

    @Test
    void givesBackTheCharactersThatWereMeant() {
        byte[] pdf = issued(letter("⺠⻛⼈⽹甲〜乙", 1)).pdf();
        // not normalised: the very characters
        assertThat(Pdf.asWritten(pdf)).contains("民风人网甲～乙", "人民调解委员会");
    }

    @Test
    void refusesATemplateThatTakesSomethingElse() {
        record Other(String to) {
        }
        assertThatThrownBy(() -> CheckedKinds.check(new PaperKind("other", "documents.letter", "documents/letter.jte", Other.class, false), TEMPLATES))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("takes");
        assertThatThrownBy(() -> CheckedKinds.check(new PaperKind("other", "documents.letter", "documents/none.jte", Letter.class, false), TEMPLATES))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("no template");
        CheckedKinds.check(LETTER, TEMPLATES);
    }

    private static boolean poppler() {
        return List.of("/usr/bin/pdftotext", "/usr/local/bin/pdftotext").stream().anyMatch(path -> Files.isExecutable(Path.of(path)));
    }

    /** Kept beside the reports, to be looked at. */
    private static void show(String name, byte[] pdf) {
        try {
            Path folder = Files.createDirectories(Path.of("target/papers"));
            Files.write(folder.resolve(name + ".pdf"), pdf);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
