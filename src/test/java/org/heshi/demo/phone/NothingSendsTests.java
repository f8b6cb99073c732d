package org.heshi.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** A page that shows codes is there where nobody real can be reached, and nowhere else. */
class NothingSendsTests {

    private static MockEnvironment demo() {
        return new MockEnvironment().withProperty("heshi.demo", "true").withProperty("server.address", "127.0.0.1").withProperty("heshi.smtp.host", " ")
                .withProperty("heshi.sms.url", "");
    }

    @Test
    void isSoInTheDemoOnThisMachine() {
        assertThat(NothingSends.in(demo())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"heshi.demo, false", "heshi.demo, ''", "heshi.smtp.host, mail.example.org", "spring.mail.host, mail.example.org", "heshi.sms.url, https://sms.example.org",
        "heshi.base-url, https://hall.example.org", "heshi.base-url, http://192.0.2.7:8080", "heshi.base-url, ://", "server.address, 0.0.0.0", "server.address, ''", "server.address, 192.0.2.1"})
    void isNotSoAsSoonAsAnythingIsReal(String setting, String value) {
        assertThat(NothingSends.in(demo().withProperty(setting, value))).isFalse();
    }
}
