package org.heshi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class AmountsAndCodesProperties {

    /** Examples of the annex itself, the ends, and a nought in every place. */
    @Example
    void amountsInCapitalsAreThoseOfTheRules() {
        Map<String, String> known = new TreeMap<>(Map.ofEntries(Map.entry("1409.50", "壹仟肆佰零玖元伍角整"), Map.entry("6007.14", "陆仟零柒元壹角肆分"),
                Map.entry("1680.32", "壹仟陆佰捌拾元零叁角贰分"), Map.entry("107000.53", "壹拾万柒仟元零伍角叁分"), Map.entry("16409.02", "壹万陆仟肆佰零玖元零贰分"),
                Map.entry("325.04", "叁佰贰拾伍元零肆分"), Map.entry("0", "零元整"), Map.entry("0.01", "壹分"), Map.entry("0.10", "壹角整"), Map.entry("0.11", "壹角壹分"),
                Map.entry("10", "壹拾元整"), Map.entry("10000000000", "壹佰亿元整"), Map.entry("100000001", "壹亿零壹元整"), Map.entry("100010000", "壹亿零壹万元整"),
                Map.entry("110000000", "壹亿壹仟万元整"), Map.entry("99999999999.99", "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"), Map.entry("20000", "贰万元整"),
                Map.entry("3000", "叁仟元整")));
        known.forEach((figures, capitals) -> assertThat(Yuan.parse(figures).orElseThrow().capitals()).as(figures).isEqualTo(capitals));
    }

    @Property(tries = 2_000)
    void capitalsSayTheAmountAndNoOther(@ForAll @LongRange(max = 9_999_999_999_999L) long fen) {
        String capitals = new Yuan(fen).capitals();
        assertThat(said(capitals)).as(capitals).isEqualTo(fen);
        assertThat(capitals).doesNotContain("零零", "零元零").matches(".*(整|分)");
    }

    @Property(tries = 500)
    void figuresAreReadAsTheyWereWritten(@ForAll @LongRange(max = 9_999_999_999_999L) long fen) {
        Yuan amount = new Yuan(fen);
        assertThat(Yuan.parse(amount.figures())).contains(amount);
        assertThat(Yuan.parse("￥ " + amount.figures() + "元")).contains(amount);
        assertThat(Yuan.parse(String.format(java.util.Locale.ROOT, "%,d.%02d", fen / 100, fen % 100))).contains(amount);
    }

    @Example
    void whatIsNoAmountIsNotTakenForOne() {
        for (String typed : new String[] {"", "-1", "1.234", "1e3", "１２.５.1", "1,2", "100000000000", "壹佰", "0x10", "1 2 . 3 4 5", ".", "000100000000000",
            "184,467,440,737,095,517", "100,000,000,000,000,000", "99,999,999,999,999,999,999,999,999"}) {
            assertThat(Yuan.parse(typed)).as(typed).isEmpty();
        }
        assertThat(Yuan.parse("１２．５")).contains(new Yuan(1250));
        assertThat(Yuan.parse("99,999,999,999.99")).contains(new Yuan(9_999_999_999_999L));
    }

    @Example
    void whatIsTooMuchTogetherIsNoAmount() {
        Yuan most = new Yuan(9_999_999_999_999L);
        assertThat(Yuan.sum(List.of(most, new Yuan(1)))).isEmpty();
        assertThat(Yuan.sum(Collections.nCopies(1_000_000, most))).isEmpty();
        assertThat(Yuan.sum(List.of(new Yuan(1), new Yuan(2)))).contains(new Yuan(3));
    }

    /** Reads capitals as a person does, by the places that stand behind the numerals. */
    private static long said(String capitals) {
        long all = 0;
        long myriad = 0;
        long digit = 0;
        for (char c : capitals.toCharArray()) {
            switch (c) {
                case '拾' -> {
                    myriad += digit * 10;
                    digit = 0;
                }
                case '佰' -> {
                    myriad += digit * 100;
                    digit = 0;
                }
                case '仟' -> {
                    myriad += digit * 1_000;
                    digit = 0;
                }
                case '万' -> {
                    all += (myriad + digit) * 10_000L * 100;
                    myriad = digit = 0;
                }
                case '亿' -> {
                    all += (myriad + digit) * 100_000_000L * 100;
                    myriad = digit = 0;
                }
                case '元' -> {
                    all += (myriad + digit) * 100;
                    myriad = digit = 0;
                }
                case '角' -> {
                    all += digit * 10;
                    digit = 0;
                }
                case '分' -> {
                    all += digit;
                    digit = 0;
                }
                case '整' -> {
                }
                default -> digit = "零壹贰叁肆伍陆柒捌玖".indexOf(c);
            }
        }
        return all;
    }

    @Example
    void theCodeThatWasComputedByHandIsRight() {
        // the worked example of GB 32100: its check character is 3
        assertThat(CreditCode.check("91350100M000100Y4")).isEqualTo('3');
        assertThat(CreditCode.parse("91350100m000100y43")).contains(new CreditCode("91350100M000100Y43"));
        assertThat(CreditCode.parse("９1350100 M000-100Y43")).isPresent();
        assertThat(CreditCode.parse("91350100M000100Y4D")).isEmpty();
        assertThat(CreditCode.parse("")).isEmpty();
    }

    @Property(tries = 1_000)
    void oneWrongCharacterOfACodeIsFound(@ForAll @StringLength(17) @CharRange(from = '0', to = '9') @CharRange(from = 'A', to = 'H') String begin, @ForAll @IntRange(max = 17) int at,
            @ForAll @CharRange(from = '0', to = '9') @CharRange(from = 'A', to = 'H') char wrong) {
        String code = begin + CreditCode.check(begin);
        assertThat(CreditCode.parse(code)).isPresent();
        String changed = code.substring(0, at) + wrong + code.substring(at + 1);
        assertThat(CreditCode.parse(changed).isPresent()).as(changed).isEqualTo(changed.equals(code));
    }
}
