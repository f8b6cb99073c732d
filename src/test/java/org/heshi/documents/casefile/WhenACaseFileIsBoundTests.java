package org.heshi.documents.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.CaseFiles;
import org.heshi.documents.CaseFiles.Answer;
import org.heshi.documents.CaseFiles.Item;
import org.heshi.documents.CaseFiles.Leaf;
import org.heshi.documents.Letter;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Numbering;
import org.heshi.documents.Pdf;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Hall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenACaseFileIsBoundTests {

    private static final Set<String> STAFF = Set.of("staff");

    @Autowired
    ApplicationContext context;
    @Autowired
    Papers papers;
    @Autowired
    CaseFiles files;
    @Autowired
    KeptSeals seals;

    private Hall hall;
    private UUID matter;

    @BeforeEach
    void begins() {
        hall = new Hall(context);
        matter = hall.accepted().matter();
        seals.make(hall.works.id(), false);
    }

    private Paper letter(String words, int paragraphs) {
        return ((Papers.Answer.Done) Acting.as(hall.handler, () -> papers.issue(new Papers.Draft("letter", matter, hall.works.id(), new Numbering.None(), STAFF,
                new Letter("试验函", "试验甲", Collections.nCopies(paragraphs, words), List.of(), List.of(), hall.works.name()))))).paper();
    }

    private CaseFiles.Order order(List<Item> items) {
        return new CaseFiles.Order(matter, hall.works.id(), Optional.empty(), STAFF, new CaseFiles.Cover(hall.works.name(), "试验甲与试验乙邻里纠纷", "(2026)试人调字第1号", "试验调解员",
                LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 20), "试验立卷人", LocalDate.of(2026, 7, 3), "长期", ""), items);
    }

    private static Leaf scan(int width, int height) {
        byte[] jpeg = Pdf.jpeg(width, height);
        return new Leaf.Picture(() -> new ByteArrayInputStream(jpeg));
    }

    private byte[] written(UUID id, Actor who) {
        return Acting.as(who, () -> {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                return files.write(id, out) ? out.toByteArray() : new byte[0];
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void hasCoverContentsWithPageNumbersBookmarksAndADigest() throws Exception {
        Paper application = letter("申请的话", 1);
        Paper record = letter("调解记录里的话，双方各说各的理。", 40);
        CaseFiles.Bound bound = ((Answer.Done) Acting.as(hall.handler, () -> files.bind(order(List.of(
                new Item("人民调解申请书", true, "", List.of(new Leaf.Issued(application.id(), 1))),
                new Item("身份证明", false, "复印件", List.of(scan(600, 900), scan(900, 600))),
                new Item("授权委托书", false, "无", List.of()),
                new Item("调解记录", true, "", List.of(new Leaf.Issued(record.id(), 1)))))))).bound();
        byte[] pdf = written(bound.id(), hall.handler);
        Files.write(Files.createDirectories(Path.of("target/papers")).resolve("casefile.pdf"), pdf);
        assertThat(pdf).hasSize((int) bound.size());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf))).isEqualTo(bound.sha256());
        List<String> pages = Pdf.pages(pdf);
        assertThat(pages).hasSize(bound.pages());
        assertThat(pages.get(0)).contains("人民调解卷宗", "试验甲与试验乙邻里纠纷", "试验调解员", "2026年6月1日至2026年6月20日");
        int last = 3 + record.newest().pages();
        assertThat(pages.get(1)).contains("卷内目录", "1人民调解申请书1", "2身份证明2-3", "3授权委托书", "4调解记录4-" + last);
        assertThat(pages.get(2)).contains("申请的话");
        for (int page = 1; page <= last; page++) {
            assertThat(pages.get(1 + page)).as("page %d says its number", page).contains("" + page);
        }
        try (PDDocument read = Loader.loadPDF(pdf)) {
            List<String> marks = new ArrayList<>();
            for (PDOutlineItem item : read.getDocumentCatalog().getDocumentOutline().children()) {
                marks.add(item.getTitle() + " " + read.getPages().indexOf(item.findDestinationPage(read)));
            }
            assertThat(marks).containsExactly("人民调解申请书 2", "身份证明 3", "授权委托书 5", "调解记录 5");
            assertThat(read.getSignatureDictionaries()).isEmpty();
        }
        assertThat(Pdf.wrongAsPdfA(pdf)).isEmpty();
        assertThat(Pdf.fonts(pdf)).isNotEmpty().noneMatch(font -> font.endsWith("not embedded"));
        assertThat(Acting.as(hall.handler, () -> files.of(matter))).containsExactly(bound);
        assertThat(written(bound.id(), hall.neighbourDispatcher)).as("nothing for a stranger").isEmpty();
        assertThat(Acting.as(new Actor.Resident(matter, 1), () -> files.of(matter))).isEmpty();
    }

    @Test
    void isRefusedWithTheListOfWhatIsMissing() {
        assertThat(Acting.as(hall.handler, () -> files.bind(order(List.of(new Item("人民调解申请书", true, "", List.of()), new Item("调查记录", false, "", List.of()),
                new Item("调解记录", true, "", List.of()), new Item("协议书\uD87A\uDFF0", true, "", List.of(new Leaf.Issued(UUID.randomUUID(), 1))))))))
                .isEqualTo(new Answer.Refused(List.of(Refusal.at("items", "case-file-missing", "人民调解申请书"), Refusal.at("items", "case-file-missing", "调解记录"),
                        Refusal.at("items", "case-file-no-paper", "协议书\uD87A\uDFF0"), Refusal.at("lines[3].title", "paper-character", "\uD87A\uDFF0（U+2EBF0）"))));
        assertThat(Acting.as(hall.handler, () -> files.of(matter))).isEmpty();
    }

    @Test
    void takesNoMoreMemoryForThreeHundredPagesThanForThirty() {
        byte[] jpeg = Pdf.jpeg(1240, 1754);
        long before = used();
        long[] most = {0};
        // looked at after each hundredth page, when only what is held is left
        List<Leaf> scans = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            boolean look = i % 100 == 99;
            scans.add(new Leaf.Picture(() -> {
                if (look) {
                    most[0] = Math.max(most[0], used() - before);
                }
                return new ByteArrayInputStream(jpeg);
            }));
        }
        CaseFiles.Bound bound = ((Answer.Done) Acting.as(hall.handler, () -> files.bind(order(List.of(new Item("证据材料", true, "", scans)))))).bound();
        assertThat(bound.pages()).isEqualTo(302);
        assertThat(bound.size()).isGreaterThan(300L * jpeg.length);
        assertThat(most[0]).as("bytes held while %d are bound", bound.size()).isLessThan(64L * 1024 * 1024);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
