package org.heshi.divisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.heshi.HeshiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HeshiTest
class WhenThePlacesAreShippedTests {

    @Autowired
    Divisions divisions;
    @Autowired
    JdbcClient jdbc;

    @Test
    void holdsTheCountryDownToCountiesAndZhujiDownToVillages() {
        Map<Integer, Long> counted = jdbc.sql("""
                        select level, count(*) from divisions.standing where edition = (select min(edition) from divisions.standing) group by level
                        """)
                .query((r, n) -> Map.entry(r.getInt(1), r.getLong(2))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(counted).isEqualTo(Map.of(1, 31L, 2, 342L, 3, 2978L, 4, 23L, 5, 515L));
        // tests of the import make provinces from 90 on
        assertThat(divisions.children("").stream().filter(p -> p.code().compareTo("90") < 0)).hasSize(31);
        assertThat(divisions.children("330681")).hasSize(23);
        assertThat(divisions.children("330681109")).extracting(Division::name).contains("枫源村委会");
    }

    @Test
    void tellsThePathAndTheFullName() {
        assertThat(divisions.path("330681109290")).extracting(Division::name).containsExactly("浙江省", "绍兴市", "诸暨市", "枫桥镇", "枫源村委会");
        assertThat(divisions.fullName("330681109290")).isEqualTo("浙江省绍兴市诸暨市枫桥镇枫源村委会");
        assertThat(divisions.fullName("110101")).isEqualTo("北京市东城区");
        assertThat(divisions.fullName("441900")).isEqualTo("广东省东莞市");
    }

    @Test
    void knowsCitiesWithoutCountiesAndDevelopmentZones() {
        for (String code : List.of("441900", "442000", "460400", "130171")) {
            assertThat(divisions.get(code).level()).isEqualTo(Level.COUNTY);
            assertThat(divisions.path(code)).hasSize(3);
        }
        assertThat(divisions.children("4419")).extracting(Division::code).containsExactly("441900");
    }

    @Test
    void findsNothingUnderACodeThatIsNone() {
        for (String code : List.of("", "3", "99", "33068x", "330681999", "00", "３３", "330681109290001", "1234567890123456789")) {
            assertThat(divisions.find(code)).isEmpty();
            assertThatThrownBy(() -> divisions.get(code)).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(divisions.children("x")).isEmpty();
        assertThat(divisions.children("330681109290001")).isEmpty();
    }
}
