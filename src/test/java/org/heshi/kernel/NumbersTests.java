package org.heshi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NumbersTests {

    @Test
    void computesTheCheckDigitOfTheStandardsExample() {
        // ISO 7064 MOD 11,10: the worked example 0794 has the check digit 5
        assertThat(MatterNumber.checkDigit("0794")).isEqualTo('5');
    }

    @Property
    void readsBackWhatItShows(@ForAll @IntRange(max = 999) int node, @ForAll @IntRange(min = 2000, max = 2099) int year, @ForAll long seed) {
        MatterNumber number = MatterNumber.draw(node, year, new Random(seed));
        assertThat(MatterNumber.parse(number.shown())).contains(number);
        assertThat(MatterNumber.parse(" " + number.digits().replaceAll("(....)", "$1 "))).contains(number);
        assertThat(number.digits()).startsWith("%03d%02d".formatted(node, year % 100));
    }

    @Property
    void noticesEveryWrongDigit(@ForAll long seed, @ForAll @IntRange(max = 12) int at, @ForAll @IntRange(min = 1, max = 9) int by) {
        String digits = MatterNumber.draw(1, 2026, new Random(seed)).digits();
        char wrong = (char) ('0' + (digits.charAt(at) - '0' + by) % 10);
        assertThat(MatterNumber.parse(digits.substring(0, at) + wrong + digits.substring(at + 1))).isEmpty();
    }

    @Test
    void noticesNearlyAllSwapsOfNeighbours() {
        int swaps = 0;
        int missed = 0;
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String d = MatterNumber.draw(1, 2026, random).digits();
            int at = random.nextInt(12);
            if (d.charAt(at) != d.charAt(at + 1)) {
                swaps++;
                String swapped = d.substring(0, at) + d.charAt(at + 1) + d.charAt(at) + d.substring(at + 2);
                missed += MatterNumber.parse(swapped).isPresent() ? 1 : 0;
            }
        }
        // a hybrid system of ISO 7064 notices all but about one swap in forty
        assertThat(missed).isLessThan(swaps / 30);
    }

    @Test
    void readsFullWidthDigits() {
        MatterNumber number = MatterNumber.draw(7, 2026, new Random(1));
        StringBuilder wide = new StringBuilder();
        number.digits().chars().forEach(c -> wide.append((char) (c - '0' + '０')));
        assertThat(MatterNumber.parse(wide.toString())).contains(number);
    }

    @Test
    void refusesWhatIsNoNumber() {
        for (String typed : new String[] {"", "1", "abc", "12345678901234", "1234-56789-012x", "'; drop table matter; --", "\uD800"}) {
            assertThat(MatterNumber.parse(typed)).as(typed).isEmpty();
        }
        assertThatThrownBy(() -> new MatterNumber("1234567890123x")).isInstanceOf(IllegalArgumentException.class);
    }
}
