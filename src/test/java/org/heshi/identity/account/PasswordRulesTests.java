package org.heshi.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.heshi.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTests {

    @ParameterizedTest
    @ValueSource(strings = {"1234567890", "12345678901234", "password123", "Password2026", "P@ssw0rd2026", "woaini1314520", "qwertyuiop", "1q2w3e4r5t",
            "aaaaaaaaaa", "abababababab", "abcdefghijkl", "zhuji2026", "admin@2026", "Admin123456", "!!!!!!!!!!!!", "88888888888", "19900101199001",
            "qwertyuiop123", "lili.wang99", "xxlili.wang"})
    void refusesWhatEverybodyGuessesFirst(String password) {
        assertThat(PasswordRules.check(password, "lili.wang", "password")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"four unrelated lamps", "路灯 桥头 早稻 青瓷 木船", "Kq7-vestibule", "correct-horse-battery", "rice boat 71 bridge"})
    void takesLongOnesWithoutAskingForSigns(String password) {
        assertThat(PasswordRules.check(password, "lili.wang", "password")).isEmpty();
    }

    @Test
    void saysWhichFieldAndHowLong() {
        assertThat(PasswordRules.check("kurz", "x", "password")).containsExactly(Refusal.at("password", "password.short", 10));
        assertThat(PasswordRules.check("a b c d e f ".repeat(20), "x", "password")).containsExactly(Refusal.at("password", "password.long", 128));
    }

    @Test
    void takesTheSameTypingInEveryWidthForTheSame() {
        assertThat(PasswordRules.canonical("ｆｏｕｒ　ｌａｍｐｓ")).isEqualTo("four lamps");
    }
}
