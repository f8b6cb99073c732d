package org.heshi.privacy.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.Hall;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters.Answer;
import org.heshi.privacy.register.PurposeRegister;
import org.heshi.privacy.register.Register;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** First nothing is done with it but keeping it, then it is erased; whoever is responsible sees it coming and may hold it. */
@HeshiTest
class WhenTheTimeOfAMatterIsOverTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Retention retention;
    @Autowired
    Due due;
    @Autowired
    Holds holds;
    @Autowired
    Openings openings;
    @Autowired
    KeepingController keeping;
    @Autowired
    Endings endings;
    @Autowired
    MatterRows rows;
    @Autowired
    PurposeRegister register;
    @Autowired
    InstantSource clock;
    @LocalServerPort
    int port;

    private Hall hall;
    private Register.Term term;

    @BeforeEach
    void makes() {
        hall = new Hall(context);
        term = register.now().term("intake", "explained");
    }

    /** A matter that was closed so many months and days ago. */
    private Answer.Done closed(int months, int days) {
        Answer.Done matter = hall.report();
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 2);
        Instant then = CivilTime.startOf(CivilTime.dateOf(clock.instant()).minusMonths(months).minusDays(days));
        try (Connection all = SuperuserConnection.open(context); var s = all.prepareStatement("update matters.matter set closed_at = ?::timestamptz where id = ?")) {
            s.setString(1, then.toString());
            s.setObject(2, matter.matter());
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return matter;
    }

    private void doing(String sql, Object... values) {
        try (Connection all = SuperuserConnection.open(context); var s = all.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Actor.Staff staff(UUID person, UUID post) {
        return new Actor.Staff(context.getBean(Directory.class).findHeldPost(person, post, clock.instant()).orElseThrow());
    }

    private Optional<Endings.Ending> ending(UUID matter) {
        return Acting.as(new Actor.Machine("test"), () -> endings.of(matter));
    }

    @Test
    void putsAwayWhatIsUsedNoMoreAndErasesWhatWasKeptLongEnough() {
        Answer.Done fresh = closed(term.use(), 0);
        Answer.Done unused = closed(term.use(), 1);
        Answer.Done old = closed(term.whole(), 1);
        retention.round();
        assertThat(ending(fresh.matter())).as("its last day of use").isEmpty();
        assertThat(ending(unused.matter())).hasValueSatisfying(e -> assertThat(e.erasedAt()).isEmpty());
        assertThat(ending(old.matter())).hasValueSatisfying(e -> {
            assertThat(e.erasedAt()).isPresent();
            assertThat(e.rule()).contains("intake.explained");
        });
        // a round again changes nothing: this is what a killed one comes back to
        Retention.Done again = retention.round();
        assertThat(again.failed).isZero();
        assertThat(ending(fresh.matter())).isEmpty();
    }

    @Test
    void endsNothingThatIsHeldUntilTheHoldIsOver() {
        Answer.Done held = closed(term.whole(), 1);
        assertThat(Acting.as(hall.supervisor, () -> holds.place(new HoldForm(held.number().shown(), "court", "（2026）民初1号", "")))).isEmpty();
        retention.round();
        assertThat(ending(held.matter())).isEmpty();
        UUID hold = Acting.as(hall.supervisor, () -> holds.list(10)).getFirst().id();
        assertThat(Acting.as(hall.neighbourDispatcher, () -> holds.end(hold))).as("another county's").isFalse();
        assertThat(Acting.as(hall.supervisor, () -> holds.end(hold))).isTrue();
        retention.round();
        assertThat(ending(held.matter())).isPresent();
    }

    @Test
    void isToldOfAHoldAndOfAnOpenRequestAtTheVeryEndToo() {
        Actor.Machine machine = new Actor.Machine("test");
        Answer.Done held = closed(1, 0);
        assertThat(Acting.as(hall.supervisor, () -> holds.place(new HoldForm(held.number().shown(), "court", "", "")))).isEmpty();
        Endings.Answer byHold = new Endings.Answer.Refused(Refusal.of("privacy-held"));
        assertThat(Acting.as(machine, () -> endings.erase(held.matter(), Endings.Ground.REQUEST, "test"))).isEqualTo(byHold);
        assertThat(Acting.as(machine, () -> endings.erase(held.matter(), Endings.Ground.RETENTION, "test"))).isEqualTo(byHold);
        assertThat(Acting.as(machine, () -> endings.putAway(held.matter(), "test"))).isEqualTo(byHold);
        Answer.Done asked = closed(1, 0);
        Answer.Done request = hall.report();
        doing("insert into privacy.request (request, number, about, about_number, party, what, kin, at) values (?, ?, ?, ?, 1, 'copy', false, now())",
                request.matter(), request.number().digits(), asked.matter(), asked.number().digits());
        Endings.Answer byRequest = new Endings.Answer.Refused(Refusal.of("privacy-request-open"));
        assertThat(Acting.as(machine, () -> endings.putAway(asked.matter(), "test"))).isEqualTo(byRequest);
        assertThat(Acting.as(machine, () -> endings.erase(asked.matter(), Endings.Ground.RETENTION, "test"))).isEqualTo(byRequest);
        assertThat(Acting.as(machine, () -> endings.erase(asked.matter(), Endings.Ground.REQUEST, "test"))).isInstanceOf(Endings.Answer.Done.class);
    }

    @Test
    void refusesAHoldThatSaysNotWhatItIs() {
        assertThat(Acting.as(hall.supervisor, () -> holds.place(new HoldForm("1", "", "x".repeat(200), "gestern")))).extracting(r -> r.field())
                .containsExactlyInAnyOrder("number", "ground", "paper", "until");
        assertThatThrownBy(() -> Acting.as(hall.handler, () -> holds.place(HoldForm.blank()))).isInstanceOf(org.springframework.security.access.AccessDeniedException.class);
    }

    @Test
    void listsWhatFallsDueBeforeItIsDone() {
        Answer.Done soon = closed(term.use(), -20);
        Answer.Done later = closed(term.use(), -60);
        List<Due.Line> lines = due.list(hall.county, CivilTime.dateOf(clock.instant()).plusDays(31), 1000);
        assertThat(lines).extracting(line -> line.matter().matter()).contains(soon.matter()).doesNotContain(later.matter());
        assertThat(ending(soon.matter())).isEmpty();
        assertThat(due.list("99", CivilTime.dateOf(clock.instant()).plusDays(31), 1000)).isEmpty();
    }

    @Test
    void opensWhatIsPutAwayForAReasonOnceAndWritesItDown() {
        Answer.Done stored = closed(term.use(), 1);
        retention.round();
        People people = new People(context);
        People.Somebody auditor = people.in(UnitType.CENTRE, hall.county, Role.AUDITOR);
        People.Somebody stranger = people.in(UnitType.DEPARTMENT, hall.county, Role.HANDLER);
        String address = "/privacy/stored/" + stored.number().digits();
        assertThat(new Visitor(port).signedInAs(stranger).get(address).status()).isEqualTo(404);
        Visitor visitor = new Visitor(port).signedInAs(auditor);
        assertThat(visitor.get("/matters/" + stored.number().digits()).status()).isEqualTo(404);
        assertThat(visitor.get(address).body()).doesNotContain("路灯");
        assertThat(visitor.post(address, Map.of("reason", "court", "paper", "")).status()).isEqualTo(422);
        assertThat(visitor.post(address, Map.of("reason", "court", "paper", "（2026）民初1号")).body()).contains("村口的路灯坏了三天", "个人信息处理规则第", "个月")
                .doesNotContain("register-", "intake.explained");
        assertThat(visitor.get("/privacy/keeping").body()).contains(stored.number().shown(), "（2026）民初1号");
    }

    @Test
    void showsOfWhatIsPutAwayOnlyWhatEveryOfficeCouldRead() {
        Answer.Done other = hall.report();
        Answer.Done stored = hall.report();
        hall.done(hall.clerk, stored.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, stored.matter(), "note", Map.of("note", "只有经办人看的话"), 2);
        hall.done(hall.clerk, stored.matter(), "link", Map.of("other", other.number().digits()), 3);
        hall.done(hall.clerk, stored.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 4);
        Acting.run(new Actor.Machine("test"), () -> endings.putAway(stored.matter(), "test"));
        People.Somebody auditor = new People(context).in(UnitType.CENTRE, hall.county, Role.AUDITOR);
        String address = "/privacy/stored/" + stored.number().digits();
        Visitor visitor = new Visitor(port).signedInAs(auditor);
        visitor.get(address);
        String page = visitor.post(address, Map.of("reason", "court", "paper", "1号")).body();
        assertThat(page).contains("村口的路灯坏了三天", "已经答复").doesNotContain("王小明", "13800000000", "只有经办人看的话", other.number().shown());
    }

    @Test
    void opensToNoUnitThatOnlyHandedItOn() {
        Answer.Done stored = closed(term.use(), 1);
        doing("insert into matters.holding (matter, unit, relation, division_code) values (?, ?, 'origin', ?)", stored.matter(), hall.works.id(), hall.county);
        doing("insert into matters.holding (matter, unit, relation, division_code) values (?, ?, 'helper', ?)", stored.matter(), hall.police.id(), hall.county);
        Acting.run(new Actor.Machine("test"), () -> endings.putAway(stored.matter(), "test"));
        assertThat(Acting.as(hall.handler, () -> openings.mayOpen(stored.number()))).isEmpty();
        assertThat(Acting.as(hall.policeHead, () -> openings.mayOpen(stored.number()))).isPresent();
    }

    @Test
    void tellsNothingToWhomItIsAboutInAnyOfTheirPosts() {
        Answer.Done about = closed(term.whole(), -5);
        doing("insert into matters.holding (matter, unit, relation, division_code) values (?, ?, 'barred', ?)", about.matter(), hall.works.id(), hall.county);
        Acting.run(new Actor.Machine("test"), () -> endings.putAway(about.matter(), "test"));
        People people = new People(context);
        People.Somebody one = people.in(UnitType.CENTRE, hall.county, Role.SUPERVISOR);
        people.anotherPost(new People.Somebody(one.person(), one.post(), hall.works.id(), one.name()), Role.HANDLER);
        Actor.Staff barred = staff(one.person(), one.post());
        assertThat(Acting.as(hall.supervisor, () -> openings.mayOpen(about.number()))).isPresent();
        assertThat(Acting.as(barred, () -> openings.mayOpen(about.number()))).isEmpty();
        HoldForm form = new HoldForm(about.number().shown(), "court", "", "");
        assertThat(Acting.as(barred, () -> holds.place(form))).extracting(r -> r.code()).containsExactly("privacy-no-matter");
        assertThat(new Visitor(port).signedInAs(people.in(UnitType.CENTRE, hall.county, Role.SUPERVISOR)).get("/privacy/keeping").body()).contains(about.number().shown());
        assertThat(Acting.as(hall.supervisor, () -> holds.place(form))).isEmpty();
        Acting.run(hall.supervisor, () -> openings.record(openings.mayOpen(about.number()).orElseThrow(), about.number(), "court", "1号"));
        UUID hold = Acting.as(hall.supervisor, () -> holds.list(10)).getFirst().id();
        assertThat(Acting.as(hall.supervisor, () -> openings.list(10))).hasSize(1);
        assertThat(Acting.as(barred, () -> holds.list(10))).isEmpty();
        assertThat(Acting.as(barred, () -> openings.list(10))).isEmpty();
        assertThat(Acting.as(barred, () -> keeping.page().getModel().get("page").toString())).doesNotContain(about.number().shown());
        assertThat(Acting.as(barred, () -> holds.end(hold))).isFalse();
        assertThat(Acting.as(hall.supervisor, () -> holds.end(hold))).isTrue();
    }

    @Test
    void showsWhoWatchesWhatIsDueAndNoWords() {
        closed(term.use(), -5);
        People.Somebody supervisor = new People(context).in(UnitType.CENTRE, hall.county, Role.SUPERVISOR);
        Visitor visitor = new Visitor(port).signedInAs(supervisor);
        String page = visitor.get("/privacy/keeping").body();
        assertThat(page).doesNotContain("路灯").contains("封存");
        assertThat(visitor.post("/privacy/keeping/holds", Map.of("number", "x")).status()).isEqualTo(422);
    }
}
