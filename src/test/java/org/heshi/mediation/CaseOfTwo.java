package org.heshi.mediation;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.beans.factory.BeanFactory;

/** A dispute of a test county between party 1, 王小明, and party 2, 李对面, taken along its way each step by whoever takes it there. */
public final class CaseOfTwo {

    public final County county;
    public final Way way;
    /** Mediates; of the unit that leads. */
    public final Member mediator;
    /** Codes of the parties by number. */
    public final Map<Integer, String> codes = new LinkedHashMap<>();
    private final Matters matters;
    private final Disputes disputes;
    private final InstantSource clock;

    private CaseOfTwo(BeanFactory beans) {
        county = County.make(beans);
        matters = beans.getBean(Matters.class);
        disputes = beans.getBean(Disputes.class);
        clock = beans.getBean(InstantSource.class);
        mediator = county.hire(county.roads, "mediator", Role.MEDIATOR);
        way = Way.registered(beans, county, "院墙纠纷").sorted("dispute").assigned().accepted();
    }

    /** With the body that will mediate; nothing but the reporter is known. */
    public static CaseOfTwo accepted(BeanFactory beans) {
        return new CaseOfTwo(beans);
    }

    /** Taken up by a committee; nobody was asked yet. */
    public static CaseOfTwo takenUp(BeanFactory beans) {
        CaseOfTwo made = new CaseOfTwo(beans);
        made.does("party", Map.of("role", "respondent", "name", "李对面", "phone", "13900000001"));
        made.does("take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "facts", "院墙越界",
                "fit", "true"));
        return made;
    }

    /** Both have a code, consented on their own telephones, and the mediation runs. */
    public CaseOfTwo mediating() {
        for (int party : List.of(1, 2)) {
            code(party);
            says(party, "consent", Map.of("told", "true", "open", "closed"));
        }
        does("appoint", Map.of("mediator", mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        return does("willing", Map.of());
    }

    /** A text waits for signatures. */
    public CaseOfTwo drafted(String what) {
        return does("draft", Map.of("facts", "院墙越界三尺", "issues", "是否退让", "responsibility", "二号当事人建墙时越界", "terms", List.of(clause(2, 1, what, "1200.50", 30)), "copies", "3"));
    }

    /** Both signed on their telephones, the mediator signed, and it is sealed and in force. */
    public CaseOfTwo inForce(BeanFactory beans) {
        Acting.run(new Actor.Machine("test"), () -> beans.getBean(KeptSeals.class).make(county.roads.id(), false));
        does("sign-mediator", Map.of("text", draft().orElseThrow().fingerprint()));
        return does("put-in-force", Map.of("checked", "true"));
    }

    public String clause(int who, int towards, String what, String amount, int days) {
        LocalDate by = CivilTime.dateOf(clock.instant()).plusDays(days);
        return String.join("\t", Integer.toString(who), Integer.toString(towards), what, amount, by.toString(), "");
    }

    public String code(int party) {
        codes.put(party, done(county.actor(mediator), "party-code", Map.of("whose", List.of(Integer.toString(party)), "checked", "id-card")).code().orElseThrow());
        return codes.get(party);
    }

    public CaseOfTwo does(String action, Map<String, Object> input) {
        done(county.actor(mediator), action, input);
        return this;
    }

    public CaseOfTwo says(int party, String action, Map<String, Object> input) {
        done(resident(party), action, input);
        return this;
    }

    public Answer.Done done(Actor who, String action, Map<String, Object> input) {
        Answer answer = answer(who, action, input);
        if (answer instanceof Answer.Done done) {
            return done;
        }
        throw new AssertionError(action + " was not done: " + answer);
    }

    public Answer answer(Actor who, String action, Map<String, Object> input) {
        int version = way.version();
        return Acting.as(who, () -> matters.act(Act.on(way.id(), action, input, version, UUID.randomUUID().toString())));
    }

    public Actor.Resident resident(int party) {
        return new Actor.Resident(way.id(), party);
    }

    public Dispute dispute() {
        return Acting.as(new Actor.Machine("test"), () -> disputes.find(way.id())).orElseThrow();
    }

    public Optional<Dispute.Draft> draft() {
        return dispute().draft();
    }

    public String digits() {
        return way.number().digits();
    }

    /** This party on their own telephone, with number and code. */
    public Visitor phone(int port, int party) {
        Visitor phone = new Visitor(port);
        phone.get("/follow");
        if (phone.post("/follow", Map.of("number", digits(), "code", codes.get(party))).status() != 303) {
            throw new AssertionError("the code of party " + party + " did not open it");
        }
        return phone;
    }

    public Visitor desk(int port) {
        return county.signedIn(new Visitor(port), mediator);
    }
}
