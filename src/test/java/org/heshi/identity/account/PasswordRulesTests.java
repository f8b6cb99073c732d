package org.heshi.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.heshi.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTests {

    @ParameterizedTest
    @ValueSource(strings = {"1234567890", "12345678901234", "password123", "Password2026", "P@ssw0rd2026", "woaini1314520", "qwertyuiop", "1q2w3e4r5t",
            "aaaaaaaaaa", "abababababab", "abcdefghijkl", "zhuji2026", "admin@2026", "Admin123456", "!!!!!!!!!!!!", "88888888888", "19900101199001",
            "qwertyuiop123", "lili.wang99", "xxlili.wang", "Manchester1", "b1rthd4y-2024", "chocolate!!!", "liverpoolliverpool", "Guanliyuan@123", "chushimima888",
            "2026fengqiao!", "$unfl0wer2026", "heshiheshi"})
    void refusesWhatEverybodyGuessesFirst(String password) {
        assertThat(PasswordRules.check(password, "lili.wang", "password")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"four unrelated lamps", "路灯 桥头 早稻 青瓷 木船", "Kq7-vestibule", "correct-horse-battery", "rice boat 71 bridge"})
    void takesLongOnesWithoutAskingForSigns(String password) {
        assertThat(PasswordRules.check(password, "lili.wang", "password")).isEmpty();
    }

    /** Every word of the lists, with what people put round it to please a rule. */
    @Test
    void refusesEveryBreachedOneInItsUsualDress() throws IOException {
        for (String list : List.of("breached.txt", "local.txt")) {
            List<String> words = Files.readAllLines(Path.of("src/main/resources/passwords", list)).stream().filter(line -> !line.startsWith("#")).toList();
            assertThat(words).hasSizeGreaterThan(100).doesNotHaveDuplicates();
            assertThat(words.stream().filter(word -> word.length() >= 10 && PasswordRules.check(word, "nobody", "password").isEmpty()).toList()).isEmpty();
            assertThat(words.stream().filter(word -> word.matches("[a-z]{6,}")).map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1) + "@2026")
                    .filter(dressed -> PasswordRules.check(dressed, "nobody", "password").isEmpty()).toList()).isEmpty();
        }
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
