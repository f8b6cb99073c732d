package org.heshi.matters.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heshi.access.AccessTable;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure;
import org.junit.jupiter.api.Test;

/** Nobody brings in a kind of matter of which nobody said who may see it. */
class WhenAKindIsNotInTheTableTests {

    private static Procedure kind(String kind, boolean internal) {
        Bilingual words = new Bilingual("试验", "Trial");
        return new Procedure(kind, 1, words, words, List.of(), List.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), internal, false);
    }

    private static List<String> problems(String own, Procedure... procedures) {
        return KindsCovered.problems(AccessTable.shipped(), List.of(procedures), own);
    }

    @Test
    void doesNotStartUntilSomebodySaysThatItsGroupIsRight() {
        assertThat(problems("", kind("service", false), kind("lamp-repair", false))).singleElement().asString().contains("lamp-repair", "brought", "HESHI_OWN_KINDS");
        assertThat(problems("market-stall, lamp-repair", kind("lamp-repair", false))).isEmpty();
    }

    @Test
    void doesNotStartWithAKindInTheWrongGroup() {
        assertThat(problems("service", kind("service", true))).singleElement().asString().contains("service", "between-offices");
        assertThat(problems("", kind("task", true), kind("whistle", true), kind("petition", false))).isEmpty();
        assertThat(Set.copyOf(AccessTable.shipped().groups().values())).hasSize(2);
    }
}
