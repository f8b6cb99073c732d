package org.heshi.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.heshi.directory.Role;
import org.heshi.kernel.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTests {

    private static final byte[] RFC_SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, the rows of SHA-1. */
    @ParameterizedTest
    @CsvSource({"59, 94287082", "1111111109, 07081804", "1111111111, 14050471", "1234567890, 89005924", "2000000000, 69279037", "20000000000, 65353130"})
    void givesTheCodesOfTheStandard(long seconds, String code) {
        assertThat(Totp.code(RFC_SECRET, Totp.step(Instant.ofEpochSecond(seconds)), 8)).isEqualTo(code);
        assertThat(Totp.code(RFC_SECRET, Instant.ofEpochSecond(seconds))).isEqualTo(code.substring(2));
    }

    @Test
    void takesAClockThatIsOneStepOffAndNoMore() {
        Instant now = Instant.ofEpochSecond(1_800_000_010);
        for (int off = -3; off <= 3; off++) {
            String code = Totp.code(RFC_SECRET, now.plusSeconds(30L * off));
            assertThat(Totp.steps(RFC_SECRET, code, now)).as("%d steps off", off).hasSize(Math.abs(off) <= 1 ? 1 : 0);
        }
    }

    @Test
    void readsWhatPeopleType() {
        Instant now = Instant.ofEpochSecond(59);
        assertThat(Totp.steps(RFC_SECRET, " 287 082 ", now)).containsExactly(1L);
        assertThat(Totp.steps(RFC_SECRET, "２８７０８２", now)).containsExactly(1L);
        for (String wrong : new String[] {"", "28708", "2870820", "abcdef", "-87082", "2".repeat(10_000)}) {
            assertThat(Totp.steps(RFC_SECRET, wrong, now)).as(wrong).isEmpty();
        }
    }

    /** RFC 4648, section 10, without the padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writesSecretsAsAuthenticatorsReadThem(String plain, String base32) {
        assertThat(Totp.base32(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(base32);
        assertThat(Totp.unbase32(base32)).isEqualTo(plain.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void tellsTheAuthenticatorWhoseItIs() {
        assertThat(Totp.address("heshi.example.org", "王 x@y", RFC_SECRET))
                .isEqualTo("otpauth://totp/heshi.example.org:%E7%8E%8B%20x%40y?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=heshi.example.org");
    }

    @Test
    void isDemandedOfThoseWhoAdministerSuperviseOrAuditUnlessSomethingElseIsSet() {
        assertThat(RequiredFactor.roles("", false)).isEqualTo(Set.of(Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR));
        assertThat(RequiredFactor.roles("", true)).isEmpty();
        assertThat(RequiredFactor.roles("nobody", false)).isEmpty();
        assertThat(RequiredFactor.roles("window-clerk, head", true)).isEqualTo(Set.of(Role.WINDOW_CLERK, Role.HEAD));
        assertThatThrownBy(() -> RequiredFactor.roles("boss", false)).isInstanceOf(CannotStart.class).hasMessageContaining("HESHI_SECOND_FACTOR").hasMessageContaining("\"boss\"");
    }

    @Test
    void takesRecoveryCodesAsTheyAreWrittenAndNothingElse() {
        String code = RecoveryCode.fresh();
        assertThat(RecoveryCode.normal(" " + RecoveryCode.shown(code).toLowerCase() + " ")).isEqualTo(code);
        assertThat(RecoveryCode.normal(code + "2")).isEmpty();
        assertThat(RecoveryCode.normal("0O1IL-0O1IL")).isEmpty();
    }
}
