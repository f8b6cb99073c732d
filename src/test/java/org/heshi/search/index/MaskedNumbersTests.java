package org.heshi.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedNumbersTests {

    @ParameterizedTest
    @ValueSource(strings = {"13912345678", "139 1234 5678", "139-1234-5678", "33068119800101123X", "６２２２０２１２０３００１２３４５６７", "0575-87012345", "6222 0212 0300 1234 567"})
    void leavesOutNumbersOfPeople(String number) {
        assertThat(Grams.masked(Grams.normal("请打" + number + "找我"))).isEqualTo("请打 找我");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3单元502室", "2026年11月22日", "工资12000元", "3 楼 5 号 2 户", "110", "119"})
    void leavesWhatIsNoNumberOfAPerson(String text) {
        assertThat(Grams.masked(Grams.normal(text))).isEqualTo(Grams.normal(text));
    }

    @Property
    void leavesNoSevenDigitsInARow(@ForAll @NumericChars @StringLength(min = 7, max = 30) String digits, @ForAll @IntRange(min = 0, max = 6) int gap) {
        String text = "甲" + digits.substring(0, gap) + (gap > 0 ? " " : "") + digits.substring(gap) + "乙";
        assertThat(Grams.masked(Grams.normal(text))).doesNotContainPattern("\\d[\\d ]{5,}\\d");
    }
}
