package org.heshi.mediation.course;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Readings;
import org.heshi.documents.seal.KeptSeals;
import org.springframework.context.ApplicationContext;

/** A dispute with a committee of its own in the county of a {@link Hall}: the reporter Wang (1) against Li (2), before two mediators and the committee's head. */
public final class Case {

    private static final AtomicInteger PICTURES = new AtomicInteger();
    private static final Instant SINCE = Instant.parse("2020-01-01T00:00:00Z");

    public final Hall hall;
    public final Unit committee;
    public final Unit court;
    public final Actor.Staff mediator;
    public final Actor.Staff second;
    public final Actor.Staff head;
    /** Of the court. */
    public final Actor.Staff judge;
    public final Answer.Done matter;
    private final ApplicationContext context;
    private final Matters matters;
    private final Disputes disputes;
    private final Readings readings;

    public Case(ApplicationContext context) {
        this(context, new Hall(context));
    }

    public Case(ApplicationContext context, Hall hall) {
        this(context, hall, Map.of("title", "院墙占了我家的地", "description", "隔壁砌墙占了三尺"), Map.of("role", "respondent", "name", "李对面", "phone", "13900000001"));
    }

    /** @param report what the reporter tells @param other who is on the other side */
    public Case(ApplicationContext context, Hall hall, Map<String, Object> report, Map<String, Object> other) {
        this.context = context;
        this.hall = hall;
        matters = context.getBean(Matters.class);
        disputes = context.getBean(Disputes.class);
        readings = context.getBean(Readings.class);
        committee = new Unit(Uuid7.at(SINCE), UnitType.MEDIATION_COMMITTEE, "试验人民调解委员会" + PICTURES.incrementAndGet(), hall.county, Optional.empty());
        court = new Unit(Uuid7.at(SINCE), UnitType.COURT, "试验人民法院" + PICTURES.get(), hall.county, Optional.empty());
        UUID[][] made = new UUID[4][];
        List<Roster.NewPost> posts = new java.util.ArrayList<>();
        List<Person> people = new java.util.ArrayList<>();
        List<Roster.NewHolding> holdings = new java.util.ArrayList<>();
        List<Set<Role>> roles = List.of(Set.of(Role.MEDIATOR), Set.of(Role.MEDIATOR), Set.of(Role.HEAD), Set.of(Role.HANDLER));
        for (int i = 0; i < 4; i++) {
            made[i] = new UUID[] {Uuid7.at(SINCE), Uuid7.at(SINCE)};
            posts.add(new Roster.NewPost(made[i][0], (i < 3 ? committee : court).id(), "调解岗" + i, roles.get(i), Optional.empty()));
            people.add(new Person(made[i][1], "试验调解员" + i, Optional.empty(), Optional.empty()));
            holdings.add(new Roster.NewHolding(made[i][0], made[i][1]));
        }
        Acting.run(new Actor.Machine("test"), () -> context.getBean(Roster.class).enter(new Roster.Entries(SINCE, List.of(committee, court), people, posts, holdings, List.of(), List.of())));
        Acting.run(new Actor.Machine("test"), () -> context.getBean(KeptSeals.class).make(committee.id(), false));
        Directory directory = context.getBean(Directory.class);
        Instant now = Instant.now(java.time.Clock.systemUTC());
        mediator = new Actor.Staff(directory.findHeldPost(made[0][1], made[0][0], now).orElseThrow());
        second = new Actor.Staff(directory.findHeldPost(made[1][1], made[1][0], now).orElseThrow());
        head = new Actor.Staff(directory.findHeldPost(made[2][1], made[2][0], now).orElseThrow());
        judge = new Actor.Staff(directory.findHeldPost(made[3][1], made[3][0], now).orElseThrow());
        matter = hall.report(report);
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, matter.matter(), "sort", Map.of("kind", "dispute", "category", "02", "level", "blue"), 2);
        hall.done(hall.dispatcher, matter.matter(), "assign", Map.of("lead", committee.id().toString(), "reason", "由调委会调解"), 3);
        hall.done(mediator, matter.matter(), "accept", Map.of(), 4);
        done(mediator, "party", other);
    }

    public UUID id() {
        return matter.matter();
    }

    public Actor.Resident party(int number) {
        return new Actor.Resident(id(), number);
    }

    public Dispute dispute() {
        return Acting.as(mediator, () -> disputes.find(id())).orElseThrow();
    }

    public List<Readings.Reading> read(Actor who) {
        return Acting.as(who, () -> readings.of(id()));
    }

    public int version() {
        return Acting.as(new Actor.Machine("test"), () -> readings.of(id())).getLast().seq();
    }

    public Answer act(Actor who, String action, Map<String, Object> input) {
        return hall.act(who, id(), action, input, version());
    }

    public Answer.Done done(Actor who, String action, Map<String, Object> input) {
        return hall.done(who, id(), action, input, version());
    }

    /** Codes of the reasons against it, in their order; fails when it was done. */
    public List<String> refused(Actor who, String action, Map<String, Object> input) {
        Answer answer = act(who, action, input);
        if (answer instanceof Answer.Refused(List<Refusal> refusals)) {
            return refusals.stream().map(Refusal::code).toList();
        }
        throw new AssertionError(action + " was not refused: " + answer);
    }

    public Case takenUp() {
        done(mediator, "take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "facts", "砌墙占地", "fit", "true"));
        return this;
    }

    /** Both consented, a mediator is named, and it began. */
    public Case mediating() {
        return takenUp().agreesTo();
    }

    /** After it was taken up: both consent, a mediator is named, and it begins. */
    public Case agreesTo() {
        done(party(1), "consent", Map.of("told", "true", "open", "closed"));
        done(mediator, "consent-recorded", Map.of("whose", "2", "how", "phone", "at", "2026-01-01T09:00", "told", "true", "open", "closed"));
        done(mediator, "appoint", Map.of("mediator", mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        done(mediator, "willing", Map.of());
        return this;
    }

    public static LocalDate inDays(int days) {
        return CivilTime.dateOf(Instant.now(java.time.Clock.systemUTC())).plusDays(days);
    }

    /** This minute of a day that many before or after, as a form sends it. */
    public static String minute(int days) {
        return CivilTime.of(Instant.now(java.time.Clock.systemUTC())).toLocalDateTime().plusDays(days).withSecond(0).withNano(0).toString();
    }

    /** A clause as the form sends it. */
    public static String clause(int who, int towards, String what, String amount, LocalDate by) {
        return who + "\t" + (towards == 0 ? "" : towards) + "\t" + what + "\t" + amount + "\t" + by + "\t转账";
    }

    public static Map<String, Object> draft(String... clauses) {
        Map<String, Object> input = new LinkedHashMap<>(Map.of("facts", "李对面砌墙占了王小明三尺地", "issues", "是否恢复原状", "responsibility", "李对面承担全部责任", "copies", "3"));
        input.put("terms", List.of(clauses));
        return input;
    }

    /** An agreement on 1,000 yuan in two instalments and a wall, waiting for signatures. */
    public Case drafted() {
        mediating();
        done(mediator, "draft", draft(clause(2, 1, "赔偿", "600", inDays(10)), clause(2, 1, "赔偿", "400.00", inDays(40)), clause(2, 0, "拆除院墙", "", inDays(20))));
        return this;
    }

    public String fingerprint() {
        return dispute().draft().orElseThrow().fingerprint();
    }

    public Case signed(int party) {
        done(party(party), "sign", Map.of("read", "true", "text", fingerprint(), "signature", List.of(picture())));
        return this;
    }

    public Case inForce() {
        return drafted().signed(1).signed(2).sealed();
    }

    /** What both signed is signed by the mediator, too, and put in force. */
    public Case sealed() {
        done(mediator, "sign-mediator", Map.of("text", fingerprint()));
        done(mediator, "put-in-force", Map.of("checked", "true"));
        return this;
    }

    /** Answered, visited and closed, whatever came of it. */
    public Case closed(String outcome) {
        done(mediator, "answer", Map.of("answer", "已经答复"));
        done(hall.verifier, "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", outcome));
        return this;
    }

    /** A signature by hand, no two alike. */
    public Matters.Evidence picture() {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            BufferedImage image = new BufferedImage(60, 30, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, 0x102030 + PICTURES.incrementAndGet());
            ImageIO.write(image, "png", png);
            return Acting.as(new Actor.Passerby(), () -> {
                try {
                    return ((EvidenceStore.Kept.Done) context.getBean(EvidenceStore.class).keep("signature.png", png.size(), new ByteArrayInputStream(png.toByteArray()))).evidence();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
