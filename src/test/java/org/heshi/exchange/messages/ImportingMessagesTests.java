package org.heshi.exchange.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.exchange.csv.CsvReader;
import org.heshi.exchange.csv.CsvRow;
import org.heshi.matters.Chains;
import org.heshi.matters.MatterLog;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

@HeshiTest
class ImportingMessagesTests {

    private static final Actor.Machine IMPORTER = new Actor.Machine("importer");

    @TempDir
    Path folder;
    @Autowired
    BeanFactory beans;
    @Autowired
    ImportMessages messages;
    @Autowired
    CategoryFile categoryFile;
    @Autowired
    Chains chains;
    @Autowired
    MatterViews views;
    @Autowired
    MatterLog log;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(beans);
    }

    @Test
    void takesGoodRowsInOnceAndWritesTheOthersDown() throws IOException {
        Path file = file("""
                id,sender,title,received_at,text,reply,replied_at,category
                1,匿名甲,路灯不亮,2025-03-01T08:00:00+08:00,"村口的灯
                坏了三天",已经修好。,2025-03-05T10:00:00+08:00,
                2,匿名乙,井盖丢失,2025-03-02 09:30,路中间的井盖没了,,,不存在的分类
                3,匿名丙,,2025-03-02 09:30,没有标题,,,
                4,匿名丁,将来的事,2199-01-01 00:00,还没有发生,,,
                5,匿名戊,日期不对,三月一日,内容,,,
                6,匿名己,太长,2025-03-02 09:30,%s,,,
                7,匿名庚,少一列,2025-03-02 09:30,内容,,
                8,匿名辛,引号,2025-03-02 09:30,"没有闭合,,,
                9,匿名壬,<script>alert(1)</script>' or 1=1; --,2025-03-02 09:30,"=cmd()|<b>粗</b>\u202e反\u200b向",,,
                """.formatted("长".repeat(100_000)));

        ImportMessages.Came came = take(file);

        assertThat(came.added()).isEqualTo(3);
        assertThat(came.answered()).isEqualTo(1);
        assertThat(came.unknown()).containsExactly(java.util.Map.entry("不存在的分类", 1L));
        assertThat(came.rejected()).isEqualTo(6);
        assertThat(rejected(came)).containsExactly("5 no-title", "6 received-future", "7 received-unreadable", "9 columns", "10 stray-quote", "8 description:too-long");

        ImportMessages.Came again = take(file);
        assertThat(again.added()).isZero();
        assertThat(again.known()).isEqualTo(3);
        assertThat(Acting.as(IMPORTER, () -> chains.count(all()))).isEqualTo(3);
    }

    @Test
    void keepsTheTimesOfThatBoardAndMarksTheHistoryAsImported() throws IOException {
        take(file("""
                sender,title,received_at,text,reply,replied_at
                匿名甲,路灯不亮,2025-03-01T08:00:00+08:00,村口的灯坏了,已经修好。,2025-03-05T10:00:00+08:00
                匿名乙,井盖丢失,2025-03-02T08:00:00+08:00,井盖没了,,
                """));
        List<UUID> ids = Acting.as(IMPORTER, () -> chains.ids(all(), Optional.empty(), 10));
        MatterViews.MatterView answered = ids.stream().map(this::seen).filter(m -> m.state().name().equals("answered")).findFirst().orElseThrow();
        MatterViews.MatterView open = ids.stream().map(this::seen).filter(m -> m.state().name().equals("registered")).findFirst().orElseThrow();
        assertThat(answered.imported()).isTrue();
        assertThat(answered.occurredAt()).contains(Instant.parse("2025-03-01T00:00:00Z"));
        assertThat(answered.words()).containsEntry("title", "路灯不亮").containsEntry("answer", "已经修好。");
        assertThat(answered.desk()).contains(county.centre);
        assertThat(answered.lead()).contains(county.centre);
        assertThat(open.lead()).isEmpty();
        MatterViews.HistoryItem first = county.as(county.dispatcher, () -> views.history(answered.id())).getFirst();
        assertThat(first.action()).isEqualTo("import");
        assertThat(first.occurred()).contains(Instant.parse("2025-03-01T00:00:00Z"));
        assertThat(first.actor().kind()).isEqualTo("machine");
        assertThat(chainsThatAreWrong(answered.number().digits())).isEmpty();
        assertThat(log.now(java.util.Set.of(answered.id())).get(answered.id()).words()).doesNotContainValue("匿名甲");
    }

    @Test
    void readsGbkAndTheByteOrderMark() throws IOException {
        String csv = "sender,title,received_at,text\r\n匿名甲,路灯不亮镕堃,2025-03-01 08:00,村口的灯坏了\r\n";
        Path gbk = folder.resolve("gbk.csv");
        Files.write(gbk, csv.getBytes(Charset.forName("GBK")));
        Path bom = folder.resolve("bom.csv");
        Files.write(bom, ("\uFEFF" + csv).getBytes(StandardCharsets.UTF_8));
        assertThat(take(gbk).added()).isEqualTo(1);
        assertThat(take(bom)).satisfies(came -> {
            assertThat(came.known()).isEqualTo(1);
            assertThat(came.added()).isZero();
        });
    }

    @Test
    void findsTheCategoryInATreeThatWasLoaded() throws IOException {
        String name = "试验分类" + county.code;
        Path tree = folder.resolve("categories.csv");
        Files.writeString(tree, "level1,level2,level3\n%s,甲,乙\n%s,甲,丙\n".formatted(name, name));
        assertThat(Acting.as(IMPORTER, () -> load(tree))).isEqualTo(2);
        assertThat(Acting.as(IMPORTER, () -> load(tree))).isEqualTo(2);
        ImportMessages.Came came = take(file("sender,title,received_at,text,category\n匿名,路灯,2025-03-01 08:00,不亮,%s\n".formatted(name)));
        assertThat(came.unknown()).isEmpty();
        UUID id = Acting.as(IMPORTER, () -> chains.ids(all(), Optional.empty(), 10)).getFirst();
        assertThat(seen(id).category()).isPresent();
    }

    @Test
    void saysWhatAFileWithoutTheColumnsLacks() throws IOException {
        Path file = file("a,b\n1,2\n");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> take(file)).hasMessageContaining("title, received_at, text");
    }

    private int load(Path tree) {
        try {
            return categoryFile.load(tree);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Chains.Selection all() {
        return new Chains.Selection(county.code, Optional.empty());
    }

    private MatterViews.MatterView seen(UUID id) {
        return county.as(county.dispatcher, () -> views.get(id));
    }

    private List<String> chainsThatAreWrong(String number) {
        List<String> wrong = new java.util.ArrayList<>();
        Acting.run(IMPORTER, () -> chains.verify(org.heshi.kernel.MatterNumber.parse(number), w -> wrong.add(w.what()), _ -> { }));
        return wrong;
    }

    private ImportMessages.Came take(Path file) {
        return Acting.as(IMPORTER, () -> {
            try {
                return messages.from(file, county.code, "service", _ -> { });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static List<String> rejected(ImportMessages.Came came) throws IOException {
        List<String> rows = new java.util.ArrayList<>();
        try (CsvReader reader = CsvReader.open(came.rejectedIn().orElseThrow(), StandardCharsets.UTF_8)) {
            reader.next();
            for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                List<String> fields = ((CsvRow.Good) row.get()).fields();
                assertThat(fields.get(2)).isNotBlank();
                assertThat(fields.get(3)).isNotBlank();
                rows.add(fields.get(0) + " " + fields.get(1));
            }
        }
        return rows;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("messages.csv"), text);
    }
}
