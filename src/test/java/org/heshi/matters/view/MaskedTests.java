package org.heshi.matters.view;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTests {

    @ParameterizedTest
    @CsvSource({"name, 周明亮, 周**", "name, 欧阳小文, 欧**", "name, 李, 李**", "phone, 13800138000, 138****00", "phone, 0575-87654321, 057****21",
            "email, zhou@example.org, z***@example.org", "address, 店口镇湄池社区解放路 12 号, 店口镇湄池社***", "address, 店口镇, 店***", "name, 𠮷野家, 𠮷**"})
    void showsEnoughToTellTwoPeopleApart(String field, String value, String shown) {
        assertThat(Masked.of(field, value)).isEqualTo(shown);
    }

    @Property
    void neverShowsAllOfIt(@ForAll @NotBlank String value) {
        String shown = Masked.of("name", value);
        assertThat(shown).isNotEqualTo(value.strip());
        assertThat(shown).contains("**");
    }
}
