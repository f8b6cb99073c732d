package org.heshi.bench.papers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bench.People;
import org.heshi.kernel.Bench.Figure;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.mediation.course.Disputes;
import org.springframework.stereotype.Component;

/** Whole disputes of two neighbours by the acts of the program, from the report to the sealed agreement; what is timed is signing and putting in force. */
@Component
class SignedCases {

    private static final Actor.Machine MACHINE = new Actor.Machine("bench");

    private final Matters matters;
    private final Disputes disputes;
    private final EvidenceStore evidence;
    private final People people;
    private final InstantSource clock;

    SignedCases(Matters matters, Disputes disputes, EvidenceStore evidence, People people, InstantSource clock) {
        this.matters = matters;
        this.disputes = disputes;
        this.evidence = evidence;
        this.people = people;
        this.clock = clock;
    }

    /** What each of them took, in milliseconds. */
    private record Taken(List<Double> signing, List<Double> sealing) {
    }

    List<Figure> run(int count) throws Exception {
        List<Case> warm = drafted(Math.min(40, count));
        signed(warm, new Taken(new ArrayList<>(), new ArrayList<>()));
        List<Case> cases = drafted(count);
        Taken taken = new Taken(new ArrayList<>(), new ArrayList<>());
        signed(cases, taken);
        List<Figure> figures = new ArrayList<>();
        double[] signing = taken.signing().stream().mapToDouble(one -> one).toArray();
        double[] sealing = taken.sealing().stream().mapToDouble(one -> one).toArray();
        figures.add(new Figure("a party signs, p50", PapersBench.at(signing, 0.5), "ms", "the picture of the hand kept apart, the act in one transaction"));
        figures.add(new Figure("a party signs, p99", PapersBench.at(signing, 0.99), "ms", ""));
        figures.add(new Figure("an agreement put in force, p50", PapersBench.at(sealing, 0.5), "ms", "all signatures tried, number, PDF/A with the hands, seal, kept, in one transaction"));
        figures.add(new Figure("an agreement put in force, p99", PapersBench.at(sealing, 0.99), "ms", ""));
        figures.add(new Figure("agreements a second, one at a time", count / (Arrays.stream(sealing).sum() / 1e3), "1/s", ""));

        List<Case> more = drafted(count);
        more.forEach(Case::signedByAll);
        long start = System.nanoTime();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Future<Object> done : two.invokeAll(more.stream().<Callable<Object>>map(one -> Executors.callable(one::inForce)).toList())) {
                done.get();
            }
        }
        figures.add(new Figure("agreements a second, two at once", count / ((System.nanoTime() - start) / 1e9), "1/s", "of one committee, whose numbers go without a gap"));
        return figures;
    }

    private List<Case> drafted(int count) {
        return IntStream.range(0, count).mapToObj(_ -> new Case()).toList();
    }

    private static void signed(List<Case> cases, Taken taken) {
        for (Case one : cases) {
            one.begin();
            for (int party : new int[] {1, 2}) {
                taken.signing().add(milliseconds(() -> one.signs(party)));
            }
            one.mediatorSigns();
            taken.sealing().add(milliseconds(one::inForce));
        }
    }

    private static double milliseconds(Runnable what) {
        long from = System.nanoTime();
        what.run();
        return (System.nanoTime() - from) / 1e6;
    }

    private final class Case {
        private final Actor.Staff mediator = people.named("mediator");
        private Answer.Done at;
        private String text = "";

        Case() {
            at = done("report", Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", "邻居砌墙占了过道", "description", "邻居翻建院墙，往外移了三尺，三轮车过不去。",
                    "place", "330681109", "name", "测试申请人", "phone", "13800000000"), UUID.randomUUID().toString()))));
        }

        void begin() {
            does(people.named("clerk"), "confirm", Map.of());
            does(people.named("dispatcher"), "sort", Map.of("kind", "dispute", "category", "0101", "level", "blue"));
            does(people.named("dispatcher"), "assign", Map.of("lead", mediator.unit().toString(), "reason", "由调委会调解。"));
            does(mediator, "accept", Map.of());
            does(mediator, "party", Map.of("role", "respondent", "name", "测试被申请人", "phone", "13900000001"));
            does(mediator, "take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "facts", "院墙越界", "fit", "true"));
            for (int party : new int[] {1, 2}) {
                does(new Actor.Resident(at.matter(), party), "consent", Map.of("told", "true", "open", "closed"));
            }
            does(mediator, "appoint", Map.of("mediator", mediator.post().toString(), "how", "appointed", "no-interest", "true"));
            does(mediator, "willing", Map.of());
            LocalDate by = CivilTime.dateOf(clock.instant()).plusDays(20);
            does(mediator, "draft", Map.of("facts", "翻建院墙时比旧墙往外移了八十厘米，压坏菜地，过道变窄，三轮车过不去。", "issues", "墙界在哪里，菜地怎么赔。", "responsibility", "建墙一方越界，承担主要责任。", "copies", "3",
                    "terms", List.of("2\t1\t拆除越界的院墙，退回原墙界\t\t" + by + "\t", "2\t1\t赔偿压坏的菜地\t600\t" + by + "\t现金", "1\t\t拆墙期间让出过道堆放砖料\t\t" + by + "\t")));
            text = Acting.as(MACHINE, () -> disputes.find(at.matter())).orElseThrow().draft().orElseThrow().fingerprint();
        }

        void signedByAll() {
            begin();
            signs(1);
            signs(2);
            mediatorSigns();
        }

        void signs(int party) {
            byte[] hand = hand();
            List<Matters.Evidence> kept = Acting.as(new Actor.Passerby(), () -> {
                try {
                    return List.of(((EvidenceStore.Kept.Done) evidence.keep("signature.png", hand.length, new ByteArrayInputStream(hand))).evidence());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            does(new Actor.Resident(at.matter(), party), "sign", Map.of("read", "true", "text", text, "signature", kept));
        }

        void mediatorSigns() {
            does(mediator, "sign-mediator", Map.of("text", text));
        }

        void inForce() {
            does(mediator, "put-in-force", Map.of("checked", "true"));
        }

        private void does(Actor who, String action, Map<String, Object> input) {
            at = done(action, Acting.as(who, () -> matters.act(Act.on(at.matter(), action, input, at.version(), UUID.randomUUID().toString()))));
        }

        private static Answer.Done done(String action, Answer answer) {
            if (answer instanceof Answer.Done done) {
                return done;
            }
            throw new IllegalStateException(action + " was refused: " + answer);
        }
    }

    /** No two alike, as hands are. */
    private static byte[] hand() {
        BufferedImage paper = new BufferedImage(600, 240, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = paper.createGraphics();
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(5));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int stroke = 0; stroke < 12; stroke++) {
            pen.drawLine(random.nextInt(20, 580), random.nextInt(20, 220), random.nextInt(20, 580), random.nextInt(20, 220));
        }
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(paper, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
