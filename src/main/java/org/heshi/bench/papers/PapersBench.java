package org.heshi.bench.papers;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bench.People;
import org.heshi.documents.CaseFiles;
import org.heshi.documents.Letter;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Draft;
import org.heshi.documents.Papers.Numbering;
import org.heshi.kernel.Bench;
import org.heshi.matters.Matters;
import org.springframework.stereotype.Component;

/** What papers cost: each is made as the program makes it, its number given, its seal set and its bytes kept in one transaction with fsync. */
@Component
class PapersBench implements Bench {

    private static final Actor.Machine MACHINE = new Actor.Machine("bench");
    private static final Set<String> STAFF = Set.of("staff");

    private final Papers papers;
    private final CaseFiles files;
    private final Matters matters;
    private final People people;
    private final SignedCases agreements;

    PapersBench(Papers papers, CaseFiles files, Matters matters, People people, SignedCases agreements) {
        this.papers = papers;
        this.files = files;
        this.matters = matters;
        this.people = people;
        this.agreements = agreements;
    }

    @Override
    public String name() {
        return "papers";
    }

    @Override
    public String measures() {
        return "Agreements of neighbours, signed and put in force; a sealed letter of two pages, issued and previewed; a case file of scanned pages with the heap that is held meanwhile. Options: agreements=200, "
                + "papers=300, pages=300";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        int count = Integer.parseInt(options.getOrDefault("papers", "300"));
        int pages = Integer.parseInt(options.getOrDefault("pages", "300"));
        UUID unit = people.named("mediator").unit();
        UUID matter = ((Matters.Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Matters.Act.report("report",
                Map.of("title", "测试", "description", "测试文书", "place", "330681109"), UUID.randomUUID().toString())))).matter();
        Draft draft = new Draft("letter", matter, unit, new Numbering.Fresh("测"), STAFF, letter());
        for (int i = 0; i < 40; i++) {
            issue(draft);
        }
        List<Figure> figures = new ArrayList<>(agreements.run(Integer.parseInt(options.getOrDefault("agreements", "200"))));
        double[] taken = new double[count];
        long start = System.nanoTime();
        Paper last = issue(draft);
        for (int i = 0; i < count; i++) {
            long from = System.nanoTime();
            last = issue(draft);
            taken[i] = (System.nanoTime() - from) / 1e6;
        }
        figures.add(new Figure("a paper issued, p50", at(taken, 0.5), "ms", last.newest().pages() + " pages, " + last.newest().size() / 1024 + " KB: number, PDF/A, seal, kept"));
        figures.add(new Figure("a paper issued, p99", at(taken, 0.99), "ms", ""));
        figures.add(new Figure("papers a second, one at a time", count / seconds(start), "1/s", ""));

        start = System.nanoTime();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Callable<Paper>> work = IntStream.range(0, count).<Callable<Paper>>mapToObj(i -> () -> issue(new Draft("letter", matter, unit,
                    new Numbering.Fresh("测" + i % 2), STAFF, letter()))).toList();
            for (Future<Paper> done : two.invokeAll(work)) {
                done.get();
            }
        }
        figures.add(new Figure("papers a second, two at once", count / seconds(start), "1/s", "two series, so that neither waits for the other's number"));

        for (int i = 0; i < count; i++) {
            long from = System.nanoTime();
            Acting.as(MACHINE, () -> papers.preview(draft));
            taken[i] = (System.nanoTime() - from) / 1e6;
        }
        figures.add(new Figure("a preview, p50", at(taken, 0.5), "ms", "what is left of the above is number, seal and keeping"));
        UUID again = last.id();
        int copies = Math.min(count, 100);
        double[] copied = new double[copies];
        for (int i = 0; i < copies; i++) {
            long from = System.nanoTime();
            Acting.as(MACHINE, () -> papers.reprint(again));
            copied[i] = (System.nanoTime() - from) / 1e6;
        }
        figures.add(new Figure("a copy printed again, p50", at(copied, 0.5), "ms", "opened, marked on each page and sealed; nothing is laid out"));

        figures.addAll(caseFile(matter, unit, pages));
        return figures;
    }

    private List<Figure> caseFile(UUID matter, UUID unit, int pages) throws IOException {
        byte[] scan = scan();
        AtomicLong most = new AtomicLong();
        long before = used();
        List<CaseFiles.Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            boolean look = i % 25 == 24;
            leaves.add(new CaseFiles.Leaf.Picture(() -> {
                if (look) {
                    most.accumulateAndGet(used() - before, Math::max);
                }
                return new ByteArrayInputStream(scan);
            }));
        }
        long start = System.nanoTime();
        CaseFiles.Answer answer = Acting.as(MACHINE, () -> files.bind(new CaseFiles.Order(matter, unit, Optional.empty(), STAFF, new CaseFiles.Cover("测试单位", "测试卷宗", "测试1号",
                "测试", LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 20), "测试", LocalDate.of(2026, 7, 3), "长期", ""), List.of(new CaseFiles.Item("证据材料", true, "", leaves)))));
        double seconds = seconds(start);
        CaseFiles.Bound bound = ((CaseFiles.Answer.Done) answer).bound();
        return List.of(new Figure("a case file bound", seconds, "s", bound.pages() + " pages, " + bound.size() / 1024 / 1024 + " MB, with the heap collected every 25 pages"),
                new Figure("heap that it holds at most", most.get() / 1024.0 / 1024, "MB", "under 256"));
    }

    private Paper issue(Draft draft) {
        return switch (Acting.as(MACHINE, () -> papers.issue(draft))) {
            case Papers.Answer.Done done -> done.paper();
            case Papers.Answer answer -> throw new IllegalStateException("a paper was not issued: " + answer);
        };
    }

    /** As long as an agreement of two parties. */
    private static Letter letter() {
        return new Letter("关于邻里纠纷的调解意见", "王测试、李测试", IntStream.rangeClosed(1, 12).mapToObj(i -> "第" + i
                + "条　双方自愿达成协议，由甲方于约定日期前一次付清，乙方收到后出具收条，互不追究其他责任，今后友好相处，不再为同一事由发生争执。").toList(),
                List.of(new Letter.Fact("申请人", "王测试"), new Letter.Fact("被申请人", "李测试"), new Letter.Fact("金额", "人民币叁仟元整（3000.00元）")), List.of(), "测试人民调解委员会");
    }

    /** A page as a scanner sends it: A4 at 150 dots an inch. */
    private static byte[] scan() throws IOException {
        BufferedImage page = new BufferedImage(1240, 1754, BufferedImage.TYPE_INT_RGB);
        Graphics2D on = page.createGraphics();
        on.setColor(Color.WHITE);
        on.fillRect(0, 0, 1240, 1754);
        on.setColor(Color.DARK_GRAY);
        for (int y = 100; y < 1650; y += 40) {
            for (int x = 100; x < 1140; x += 26) {
                on.drawRect(x, y, 10 + (x * y) % 12, 10 + (x + y) % 14);
            }
        }
        on.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(page, "jpeg", out);
        return out.toByteArray();
    }

    static double at(double[] taken, double share) {
        double[] sorted = taken.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
