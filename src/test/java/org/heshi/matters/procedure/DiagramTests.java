package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagramTests {

    static Stream<Arguments> drawings() {
        return ShippedProceduresTests.kinds().flatMap(procedure -> Stream.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)
                .map(locale -> Arguments.of(procedure, locale)));
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void hasEveryStateOnce(Procedure procedure, Locale locale) {
        assertThat(Diagram.of(procedure, locale).boxes().stream().map(Diagram.Box::state).filter(name -> !name.isEmpty()))
                .containsExactlyInAnyOrderElementsOf(procedure.states().keySet());
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void hasEveryActionAsAnArrowOrInTheBoxesWhereItStays(Procedure procedure, Locale locale) {
        Diagram diagram = Diagram.of(procedure, locale);
        Set<String> drawn = diagram.wires().stream().map(Diagram.Wire::action).collect(Collectors.toSet());
        Set<String> listed = diagram.boxes().stream().flatMap(box -> box.staying().stream()).flatMap(line -> Stream.of(line.split(" ")))
                .collect(Collectors.toSet());
        assertThat(procedure.actions().keySet()).allMatch(action -> drawn.contains(action) || listed.contains(Integer.toString(diagram.number(action))));
        assertThat(diagram.numbers().values()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void keepsBoxesApartAndInside(Procedure procedure, Locale locale) {
        Diagram diagram = Diagram.of(procedure, locale);
        List<Diagram.Box> boxes = diagram.boxes();
        for (int i = 1; i < boxes.size(); i++) {
            assertThat(boxes.get(i).y()).isGreaterThan(boxes.get(i - 1).y() + boxes.get(i - 1).height());
        }
        assertThat(boxes).allMatch(box -> box.x() > 0 && box.x() + box.width() < diagram.width() && box.y() + box.height() < diagram.height());
        assertThat(diagram.wires()).allMatch(wire -> wire.badgeX() > 0 && wire.badgeX() < diagram.width());
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void keepsTheNumbersOfArrowsApart(Procedure procedure, Locale locale) {
        List<Diagram.Wire> numbered = Diagram.of(procedure, locale).wires().stream().filter(wire -> wire.number() > 0).toList();
        for (int i = 0; i < numbered.size(); i++) {
            for (int j = i + 1; j < numbered.size(); j++) {
                double apart = Math.hypot(numbered.get(i).badgeX() - numbered.get(j).badgeX(), numbered.get(i).badgeY() - numbered.get(j).badgeY());
                assertThat(apart).as(numbered.get(i).action() + " and " + numbered.get(j).action()).isGreaterThan(20);
            }
        }
    }
}
