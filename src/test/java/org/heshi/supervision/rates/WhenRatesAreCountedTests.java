package org.heshi.supervision.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class WhenRatesAreCountedTests {

    @Test
    void givesNoRateForNothing() {
        assertThat(new Rate(0, 0, 1).enough()).isFalse();
        assertThatThrownBy(() -> new Rate(0, 0, 1).percent()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesNoRateForFewCases() {
        assertThat(new Rate(9, 9, 10).enough()).isFalse();
        assertThat(new Rate(8, 10, 10).percent()).hasToString("80.0");
    }

    @Test
    void callsItAHundredOnlyWhenItIsEveryOne() {
        assertThat(new Rate(99_999, 100_000, 10).percent()).hasToString("99.9");
        assertThat(new Rate(100_000, 100_000, 10).percent()).hasToString("100.0");
    }

    @Test
    void takesNoMoreThanAllAndNoMinimumOfNothing() {
        assertThatThrownBy(() -> new Rate(2, 1, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RatesSettings(0, false, true, Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void goesByNoPerson() {
        assertThat(By.values()).extracting(By::code).containsExactly("month", "unit", "town", "kind", "category");
        assertThat(By.of("person")).isEqualTo(By.MONTH);
    }
}
