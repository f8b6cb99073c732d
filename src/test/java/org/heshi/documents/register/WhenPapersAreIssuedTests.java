package org.heshi.documents.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.Letter;
import org.heshi.documents.Paper;
import org.heshi.documents.PaperNumber;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Answer;
import org.heshi.documents.Papers.Draft;
import org.heshi.documents.Papers.Numbering;
import org.heshi.documents.Pdf;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.Hall;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenPapersAreIssuedTests {

    private static final Set<String> ALL = Set.of("staff", "parties", "reporter");

    @Autowired
    ApplicationContext context;
    @Autowired
    Papers papers;
    @Autowired
    KeptSeals seals;
    @Autowired
    PaperWords words;
    @Autowired
    TransactionTemplate transactions;

    private Hall hall;
    private UUID matter;

    @BeforeEach
    void begins() {
        hall = new Hall(context);
        matter = hall.accepted().matter();
        seals.make(hall.works.id(), false);
    }

    private Letter letter(String words) {
        return new Letter("试验函", "试验甲", List.of(words), List.of(), List.of(), hall.works.name());
    }

    private Draft draft(Numbering numbering, Set<String> audience, String words) {
        return new Draft("letter", matter, hall.works.id(), numbering, audience, letter(words));
    }

    private <T> T by(Actor who, Supplier<T> does) {
        return Acting.as(who, does);
    }

    private Paper issued(Numbering numbering, Set<String> audience, String words) {
        return ((Answer.Done) by(hall.handler, () -> papers.issue(draft(numbering, audience, words)))).paper();
    }

    @Test
    void areNumberedInTheFormOfThePlaceAndOneThatWouldNotTellThemApartIsRefused() {
        String form = Numbers.checked("{word}〔{year}〕{number}号");
        assertThat(new PaperNumber(UUID.randomUUID(), UUID.randomUUID(), "枫桥人调", 2026, 12, form).shown()).isEqualTo("枫桥人调〔2026〕12号");
        for (String wrong : List.of("", "（{year}）{word}字", "{year}{word}字第{number}号", "{word}第{year}0{number}号", "{word}第{number}-{number}号", "（{year}）{word}字第{number}号{}")) {
            assertThatThrownBy(() -> Numbers.checked(wrong)).as(wrong).isInstanceOf(CannotStart.class);
        }
    }

    @Test
    void areNumberedSealedAndKeptByteForByte() {
        Paper paper = issued(new Numbering.Fresh("试字" + System.nanoTime()), ALL, "第一件");
        assertThat(paper.number().orElseThrow()).matches("（20\\d\\d）.+字第1号");
        assertThat(paper.newest().sealed()).isTrue();
        byte[] kept = by(hall.handler, () -> papers.bytes(paper.id(), 1)).orElseThrow();
        assertThat(Kept.hex(Kept.sha256(kept))).isEqualTo(paper.newest().sha256());
        assertThat(kept).hasSize((int) paper.newest().size());
        assertThat(Pdf.text(kept)).contains("第一件", Normalizer.normalize(paper.number().get(), Normalizer.Form.NFKC));
        assertThat(Pdf.wrongAsPdfA(kept)).isEmpty();
        assertThat(by(hall.handler, () -> papers.of(matter))).containsExactly(paper);
        assertThat(Pdf.signatures(kept)).containsExactly("ETSI.CAdES.detached " + hall.works.name());
    }

    @Test
    void getTheWordOfTheirUnitWhichNoOtherUnitHas() {
        String series = "试" + System.nanoTime() % 1_000_000;
        PaperNumber first = by(hall.handler, () -> papers.number(matter, hall.works.id(), series));
        PaperNumber police = by(new Actor.Machine("test"), () -> papers.number(matter, hall.police.id(), series));
        assertThat(first.word()).endsWith(series);
        assertThat(police.word()).as("the short name of the same place is taken").isEqualTo(hall.police.name() + series);
        by(new Actor.Machine("test"), () -> {
            assertThat(words.set(hall.police.id(), series, first.word())).isFalse();
            assertThat(words.set(hall.works.id(), series, "枫" + series)).isTrue();
            return null;
        });
        PaperNumber after = by(hall.handler, () -> papers.number(matter, hall.works.id(), series));
        assertThat(after.shown()).endsWith("枫" + series + "字第1号");
        Paper same = issued(new Numbering.Same(after), ALL, "同号");
        assertThat(same.number()).contains(after.shown());
        assertThat(same.numbered()).contains(after);
        assertThatThrownBy(() -> issued(new Numbering.Same(new PaperNumber(UUID.randomUUID(), hall.works.id(), "枫" + series, 2026, 9, "{year}-{word}-{number}")), ALL, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areNumberedWithoutGapOrDoubleByEightAtOnceWhateverIsRolledBack() throws Exception {
        String series = "并发" + System.nanoTime() % 1_000_000;
        try (ExecutorService eight = Executors.newFixedThreadPool(8)) {
            List<Callable<Optional<Integer>>> work = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                boolean rolledBack = i % 3 == 1;
                work.add(() -> by(hall.handler, () -> transactions.execute(status -> {
                    int number = papers.number(matter, hall.works.id(), series).number();
                    if (rolledBack) {
                        status.setRollbackOnly();
                    }
                    return rolledBack ? Optional.empty() : Optional.of(number);
                })));
            }
            List<Integer> given = new ArrayList<>();
            for (Future<Optional<Integer>> done : eight.invokeAll(work)) {
                done.get().ifPresent(given::add);
            }
            assertThat(given).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, given.size()).boxed().toList()).hasSizeGreaterThan(100);
            assertThat(by(hall.handler, () -> papers.numbers(matter)).stream().filter(n -> n.word().endsWith(series)).map(PaperNumber::number))
                    .containsExactlyInAnyOrderElementsOf(given);
        }
    }

    @Test
    void leaveNothingBehindWhenTheActIsRolledBack() {
        Numbering fresh = new Numbering.Fresh("回" + System.nanoTime() % 1_000_000);
        Paper[] lost = new Paper[1];
        by(hall.handler, () -> transactions.execute(status -> {
            lost[0] = ((Answer.Done) papers.issue(draft(fresh, ALL, "不算"))).paper();
            status.setRollbackOnly();
            return null;
        }));
        assertThat(by(hall.handler, () -> papers.find(lost[0].id()))).isEmpty();
        assertThat(issued(fresh, ALL, "算").number()).isEqualTo(lost[0].number());
    }

    @Test
    void areRefusedWithEveryReasonBeforeAnythingIsDone() {
        UUID other = hall.police.id();
        Answer refused = by(hall.policeHead, () -> papers.issue(new Draft("letter", matter, other, new Numbering.Fresh("试"), ALL,
                new Letter("函", "王\uD87A\uDFF0", List.of(), List.of(), List.of(), "x"))));
        assertThat(refused).isEqualTo(new Answer.Refused(List.of(Refusal.at("to", "paper-character", "\uD87A\uDFF0（U+2EBF0）"),
                Refusal.of("paper-no-seal", hall.police.name()))));
        assertThatThrownBy(() -> by(hall.handler, () -> papers.issue(new Draft("no-such", matter, hall.works.id(), new Numbering.None(), ALL, letter("x")))))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void areNobodyElsesToIssueOrFind() {
        Paper paper = issued(new Numbering.None(), Set.of("staff"), "内部");
        Paper forParties = issued(new Numbering.Given("试〔2026〕1号"), Set.of("staff", "parties"), "各方");
        Actor resident = new Actor.Resident(matter, 1);
        assertThat(by(hall.neighbourDispatcher, () -> papers.of(matter))).isEmpty();
        assertThat(by(hall.neighbourDispatcher, () -> papers.bytes(forParties.id(), 1))).isEmpty();
        assertThat(by(hall.neighbourDispatcher, () -> papers.reprint(forParties.id()))).isEmpty();
        assertThat(by(new Actor.Passerby(), () -> papers.find(forParties.id()))).isEmpty();
        assertThat(by(resident, () -> papers.of(matter))).extracting(Paper::id).containsExactly(forParties.id());
        assertThat(by(resident, () -> papers.bytes(paper.id(), 1))).isEmpty();
        // another unit that sees the matter reads it, and issues nothing under this unit's seal
        assertThat(by(hall.dispatcher, () -> papers.of(matter))).hasSize(2);
        assertThatThrownBy(() -> by(hall.dispatcher, () -> papers.issue(draft(new Numbering.None(), ALL, "冒名")))).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> by(hall.dispatcher, () -> papers.number(matter, hall.works.id(), "冒名"))).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> by(hall.neighbourDispatcher, () -> papers.number(matter, hall.neighbour.id(), "冒名"))).isInstanceOf(DataAccessException.class);
        assertThat(by(hall.dispatcher, () -> papers.withdraw(forParties.id()))).isFalse();
        assertThat(by(resident, () -> papers.withdraw(forParties.id()))).isFalse();
    }

    @Test
    void areReplacedByVersionsAndWithdrawnUnderTheSameNumber() {
        Paper first = issued(new Numbering.Fresh("改" + System.nanoTime() % 1_000_000), ALL, "第一版");
        Paper second = ((Answer.Done) by(hall.handler, () -> papers.revise(first.id(), 1, letter("第二版")))).paper();
        assertThat(second.number()).isEqualTo(first.number());
        assertThat(second.versions()).hasSize(2);
        assertThat(by(hall.handler, () -> papers.revise(first.id(), 1, letter("也想改")))).isEqualTo(new Answer.Refused(List.of(Refusal.of("paper-revised", 2))));
        assertThat(Pdf.text(by(hall.handler, () -> papers.bytes(first.id(), 1)).orElseThrow())).contains("第一版");
        assertThat(by(hall.handler, () -> papers.withdraw(first.id()))).isTrue();
        assertThat(by(hall.handler, () -> papers.withdraw(first.id()))).isFalse();
        assertThat(by(hall.handler, () -> papers.revise(first.id(), 2, letter("再改")))).isEqualTo(new Answer.Refused(List.of(Refusal.of("paper-withdrawn"))));
        assertThat(by(hall.handler, () -> papers.reprint(first.id()))).isEmpty();
    }

    @Test
    void saySoWhenTheyArePrintedAgain() {
        Paper paper = issued(new Numbering.None(), ALL, "要重印的");
        byte[] once = by(hall.handler, () -> papers.reprint(paper.id())).orElseThrow();
        byte[] twice = by(hall.handler, () -> papers.reprint(paper.id())).orElseThrow();
        assertThat(Pdf.pages(once)).allMatch(page -> page.contains("副本·") && page.contains("第1次重印"));
        assertThat(Pdf.text(twice)).contains("第2次重印", "要重印的");
        assertThat(Pdf.wrongAsPdfA(once)).isEmpty();
        assertThat(Pdf.signatures(once)).hasSize(1);
        assertThat(by(hall.handler, () -> papers.find(paper.id())).orElseThrow().versions()).as("a copy is no version").hasSize(1);
    }

    @Test
    void areSeenBeforeWithoutNumberAndSeal() {
        var preview = (Papers.Rendered.Done) by(hall.handler, () -> papers.preview(draft(new Numbering.Fresh("试"), ALL, "先看看")));
        assertThat(Pdf.text(preview.pdf())).contains("预览", "先看看").doesNotContain("字第");
        assertThat(Pdf.signatures(preview.pdf())).isEmpty();
        assertThat(by(hall.handler, () -> papers.of(matter))).isEmpty();
    }

    @Test
    void sayNothingMoreWhenTheirMatterIsErased() {
        UUID closed = hall.report().matter();
        hall.done(hall.clerk, closed, "confirm", Map.of(), 1);
        seals.make(hall.centre.id(), false);
        Paper paper = ((Answer.Done) by(hall.clerk, () -> papers.issue(new Draft("letter", closed, hall.centre.id(), new Numbering.Fresh("删" + System.nanoTime() % 1_000_000), ALL,
                letter("要删的"))))).paper();
        hall.done(hall.clerk, closed, "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 2);
        Endings endings = context.getBean(Endings.class);
        Actor.Machine job = new Actor.Machine("retention");
        by(job, () -> endings.erase(closed, Endings.Ground.RETENTION, "T3"));
        Eventually.that("papers are forgotten", () -> by(job, () -> {
            endings.goOn(100);
            return papers.find(paper.id()).orElseThrow().forgotten();
        }));
        assertThat(by(job, () -> papers.bytes(paper.id(), 1))).isEmpty();
        assertThat(by(job, () -> papers.find(paper.id())).orElseThrow().number()).as("the number stays given").isEqualTo(paper.number());
    }
}
