package org.heshi.divisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.heshi.HeshiTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@HeshiTest
class WhenAPersonTypesAPlaceTests {

    @Autowired
    Divisions divisions;
    @Autowired
    Pinyin pinyin;

    @ParameterizedTest
    @CsvSource({"诸暨市, 330681", "诸暨, 330681", "zhuji, 330681", "zjs, 33", "枫桥, 330681109", "枫桥镇, 330681109", "fqz, 330681109", "fengqiao, 330681109",
        "诸暨 枫桥, 330681109", "zj fq, 330681109", "zhuji fengqiao, 330681109", "诸暨　枫源, 330681109290", "FQZ, 330681109", "ｆｑｚ, 330681109",
        "浙江 诸暨 枫桥 枫源, 330681109290", "330681109290, 330681109290", "重庆市, 50", "chongqing, 50", "cqs, 50", "厦门, 3502", "xiamen, 3502",
        "xi’anshi, 6101", "yueqing, 330382", "luan, 3415", "lvliang, 1411", "zhangzixian, 140428", "daxinganling, 2327"})
    void putsTheOneTheyMeanFirst(String typed, String code) {
        assertThat(divisions.search(typed, "", 20)).first().extracting(Division::code).isEqualTo(code);
    }

    @Test
    void putsExactNamesFirstThenBeginningsThenTheRestAndNearLevelsFirst() {
        List<Division> found = divisions.search("海", "", 200);
        List<Integer> ranks = found.stream().map(d -> (d.name().equals("海") ? 0 : d.name().startsWith("海") ? 1 : 2) * 10 + d.level().ordinal()).toList();
        assertThat(ranks).isSorted().hasSizeGreaterThan(40);
        assertThat(found.getFirst().name()).isEqualTo("海南省");
        assertThat(divisions.search("fq", "330681", 20)).first().extracting(Division::name).isEqualTo("枫桥镇");
    }

    @Test
    void looksOnlyUnderTheGivenPlace() {
        assertThat(divisions.search("枫", "330681109", 50)).isNotEmpty().allMatch(d -> d.code().startsWith("330681109") && d.code().length() > 9);
        assertThat(divisions.search("枫桥", "330602", 50)).isEmpty();
        assertThat(divisions.search("诸暨", "330681", 50)).noneMatch(d -> d.code().equals("330681"));
        assertThat(divisions.search("枫桥", "no code", 50)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "　", "、", "\u200b", "\u202e", "不存在的地方名", "' or 1=1 --", "%", "_", "\\", "\n", "\ud800", "<b>", "qqqqqqqqqqqqqq", "0", "000",
        "99999999999999999999999999"})
    void findsNothingWhereNothingIs(String typed) {
        assertThat(divisions.search(typed, "33", 20)).isEmpty();
    }

    @Test
    void takesATextOfAnyLength() {
        assertThat(divisions.search("枫".repeat(100_000), "", 20)).isEmpty();
        assertThat(divisions.search("枫 ".repeat(100_000), "", 20)).isEmpty();
        assertThat(divisions.search("村", "", 0)).isEmpty();
        assertThat(divisions.search("村", "330681", 10_000)).hasSizeGreaterThan(390);
    }

    @Test
    void findsEveryShippedPlaceByItsNameByAPartByItsInitialsAndByItsPinyin() {
        List<Division> all = new ArrayList<>();
        for (Division province : divisions.children("")) {
            all.add(province);
            for (Division prefecture : divisions.children(province.code())) {
                all.add(prefecture);
                all.addAll(divisions.children(prefecture.code()));
            }
        }
        for (Division town : divisions.children("330681")) {
            all.add(town);
            all.addAll(divisions.children(town.code()));
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(3_889);
        for (Division place : all) {
            String name = place.name();
            String above = place.level() == Level.PROVINCE ? "" : divisions.path(place.code()).reversed().get(1).code();
            for (String typed : List.of(name, name.substring(0, Math.min(2, name.length())), name.substring(Math.max(0, name.length() - 2)), pinyin.initials(name),
                    pinyin.initials(name).substring(0, Math.min(2, pinyin.initials(name).length())), pinyin.full(name))) {
                assertThat(divisions.search(typed, above, 2_000)).as("%s for %s", typed, place).contains(place);
            }
        }
    }
}
