package org.heshi.statistics.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.Map;
import java.util.Optional;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Hall;
import org.heshi.matters.Way;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.Measure;
import org.heshi.statistics.Figures.Row;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Question.Cut;
import org.heshi.statistics.Whose;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.security.access.AccessDeniedException;

@HeshiTest
class WhenFiguresFollowTheLogTests {

    private static final Actor.Machine MACHINE = new Actor.Machine("figures");

    @Autowired
    ApplicationContext context;
    @Autowired
    Figures figures;

    private final LocalDate today = CivilTime.dateOf(java.time.Clock.systemUTC().instant());

    private Question of(String place, By... by) {
        return Question.of(place, today.minusDays(1), today.plusDays(1), by);
    }

    @Test
    void countsAMatterFromItsReportToItsClosing() {
        County county = County.make(context);
        Way way = Way.registered(context, county, "路灯不亮").sorted().assigned().accepted();
        Eventually.that("it is accepted in the figures", () -> total(county).toAcceptance().n() == 1);
        Measures open = total(county);
        assertThat(open.received()).isOne();
        assertThat(open.open()).isOne();
        assertThat(open.closed()).isZero();

        way.answered().closed();
        Eventually.that("it is closed in the figures", () -> total(county).closed() == 1);
        Measures closed = total(county);
        assertThat(closed.open()).isZero();
        assertThat(closed.satisfied()).isOne();
        assertThat(closed.resolved()).isOne();
        assertThat(closed.late()).isZero();
        assertThat(closed.toClosing().n()).isOne();
        List<Row> byOutcome = county.as(county.supervisor, () -> figures.ask(of(county.code, By.CHANNEL, By.OUTCOME))).rows();
        assertThat(byOutcome).extracting(Row::keys).containsExactly(List.of("window", ""), List.of("window", "resolved"));
        List<Row> units = county.as(county.supervisor, () -> figures.ask(of(county.code, By.UNIT))).rows();
        assertThat(units).filteredOn(row -> row.key().equals(county.roads.id().toString())).singleElement().satisfies(row -> {
            assertThat(row.measures().closed()).isOne();
            assertThat(row.measures().chargedMillis()).isPositive();
        });
        assertThat(county.as(county.supervisor, () -> figures.behind(of(county.code), Measure.CLOSED, Optional.empty(), 10)).rows()).containsExactly(way.id());
        // the unit's own figures, for itself
        Question own = new Question(new Whose.Unit(county.roads.id()), today, today, Only.ALL, List.of(), Cut.TODAY);
        assertThat(county.as(county.handler, () -> figures.ask(own)).total().closed()).isOne();
    }

    /** A figure counted under a number that nobody wrote down would be read by nobody. */
    @Test
    void aNumberThatWasTakenBackIsGivenAnew() {
        CellWords words = context.getBean(CellWords.class);
        KeptCells kept = context.getBean(KeptCells.class);
        TransactionTemplate follower = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), TransactionTemplate.class, "follower");
        String word = "taken-back-" + UUID.randomUUID().toString().substring(0, 8);
        follower.executeWithoutResult(status -> {
            kept.lock();
            Map<String, Integer> given = words.numbers(List.of(word));
            assertThat(words.numbers(List.of(word))).isEqualTo(given);
            status.setRollbackOnly();
        });
        assertThat(words.given(List.of(word))).isEmpty();
        Map<String, Integer> later = follower.execute(_ -> {
            kept.lock();
            return words.numbers(List.of(word));
        });
        assertThat(words.given(List.of(word))).contains(later);
    }

    private Measures total(County county) {
        return county.as(county.supervisor, () -> figures.ask(of(county.code))).total();
    }

    @Test
    void tellsNobodyOfPlacesAndUnitsThatAreNotTheirs() {
        County county = County.make(context);
        County other = County.make(context);
        Question unit = new Question(new Whose.Unit(county.roads.id()), today, today, Only.ALL, List.of(), Cut.TODAY);
        assertThatThrownBy(() -> other.as(other.supervisor, () -> figures.ask(of(county.code)))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> county.as(county.handler, () -> figures.ask(of(county.code)))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> other.as(other.supervisor, () -> figures.ask(unit))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> other.as(other.supervisor, () -> figures.behind(of(county.code), Measure.OPEN, Optional.empty(), 5))).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> figures.ask(of(county.code))).isInstanceOf(AccessDeniedException.class);
    }

    /** Decision 5: it counts with the organ that received it; no figure tells the office that it is about, nor the public. */
    @Test
    void aMatterAboutAnOfficeCountsInNoCommonFigure() {
        Hall hall = new Hall(context);
        hall.report();
        hall.report(Map.of("about-office", "true", "accused", hall.police.id().toString()));
        Question place = of(hall.county, By.KIND);
        Question organ = new Question(new Whose.Unit(hall.organ.id()), today.minusDays(1), today.plusDays(1), Only.ALL, List.of(), Cut.TODAY);
        Eventually.that("both are counted for who may see both", () -> Acting.as(hall.supervisor, () -> figures.ask(place)).total().received() == 2);
        assertThat(Acting.as(MACHINE, () -> figures.ask(place)).total().received()).isOne();
        assertThat(Acting.as(MACHINE, () -> figures.behind(place, Measure.OPEN, Optional.empty(), 10)).rows()).hasSize(1);
        assertThat(Acting.as(hall.organDispatcher, () -> figures.ask(organ)).total().received()).isOne();
        Question police = new Question(new Whose.Unit(hall.police.id()), today.minusDays(1), today.plusDays(1), Only.ALL, List.of(), Cut.TODAY);
        assertThat(Acting.as(hall.policeHead, () -> figures.ask(police)).total()).isEqualTo(Measures.NOTHING);
        assertThat(Acting.as(hall.policeHead, () -> figures.behind(police, Measure.RECEIVED, Optional.empty(), 10)).rows()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeCrossed() {
        Question question = of("33");
        for (Question bad : List.of(question.by(By.HOUR, By.CHANNEL), question.by(By.UNIT, By.CATEGORY_1), question.by(By.HOUR).only(Only.ALL.channel("web")))) {
            assertThatThrownBy(() -> Acting.as(MACHINE, () -> figures.ask(bad))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> question.by(By.KIND, By.KIND)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> question.days(today, today.minusDays(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Whose.Place("33068x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyThatWasNeverGivenBeginsAtTheBeginning() {
        for (String forged : List.of("x", "1_2", "99999999999999999999_x", "'; drop table")) {
            assertThat(Acting.as(MACHINE, () -> figures.behind(of("99"), Measure.RECEIVED, Optional.of(forged), 3)).rows()).isNotNull();
        }
    }

    /** A town that was merged into another, one that was split, a county that got another code. */
    @Test
    void placesOfTodayAreMadeOfWhatWentIntoThem() {
        Map<String, String> moved = Map.of("330681105", "330681101", "330681107", "330681", "330699", "330682", "330699101", "330682101", "330699102", "330683102");
        assertThat(MovedPlaces.parts("330681101", moved)).isEqualTo(Map.of("330681101", 1, "330681105", 1));
        assertThat(MovedPlaces.parts("330681", moved)).as("merged and split within it: nothing moves").isEqualTo(Map.of("330681", 1));
        assertThat(MovedPlaces.parts("330682", moved)).as("all of the old county but the town that went elsewhere").isEqualTo(Map.of("330682", 1, "330699", 1, "330699102", -1));
        assertThat(MovedPlaces.parts("330683", moved)).isEqualTo(Map.of("330683", 1, "330699102", 1));
        assertThat(MovedPlaces.parts("3306", moved)).isEqualTo(Map.of("3306", 1));
        assertThat(MovedPlaces.parts("330699", moved)).as("it stands no more").isEmpty();
    }
}
