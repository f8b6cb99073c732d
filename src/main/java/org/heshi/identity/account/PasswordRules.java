package org.heshi.identity.account;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.heshi.kernel.Refusal;

/**
 * What a password must be (after NIST SP 800-63B: long rather than mixed, and none that is on everybody's list). Letters of every
 * script count; compatibility forms are made one before anything is compared, so that the same typing gives the same password.
 */
public final class PasswordRules {

    public static final int SHORTEST = 10;
    public static final int LONGEST = 128;

    /** What people choose first. The beginning of a password is compared after everything but letters and digits is gone. */
    private static final Set<String> COMMON = Set.of("password", "passw0rd", "p4ssword", "pass", "qwerty", "qwertyuiop", "qwert", "asdfgh", "asdfghjkl",
            "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "1qaz2wsx", "1q2w3e", "1q2w3e4r", "1q2w3e4r5t", "q1w2e3r4", "zaq12wsx", "abc", "abcd", "abcdef",
            "abcdefgh", "abcdefghij", "abc123", "a1b2c3d4", "iloveyou", "letmein", "welcome", "monkey", "dragon", "football", "baseball", "master",
            "sunshine", "princess", "shadow", "superman", "michael", "admin", "administrator", "root", "test", "guest", "user", "default", "changeme",
            "secret", "login", "hello", "system", "manager", "oracle", "mima", "wodemima", "woaini", "woaini520", "woaini1314", "woaiwojia", "woaizhongguo",
            "5201314", "1314520", "520520", "521521", "147258369", "147258", "258369", "159357", "741852963", "963852741", "789456123", "123456", "12345",
            "1234", "123", "654321", "987654321", "112233", "123123", "123321", "456456", "666666", "888888", "111111", "000000", "222222", "333333",
            "555555", "777777", "999999", "168168", "518518", "a123456", "a12345", "q123456", "aa123456", "qq123456", "abc123456", "wang123456", "zhang123",
            "wangyut2", "caonima", "nihao", "nihaoma", "zhongguo", "china", "beijing", "shanghai", "zhejiang", "hangzhou", "shaoxing", "zhuji", "heshi",
            "zongzhi", "wangge", "zhengfu", "gongan", "xinfang", "tiaojie", "asd", "asdasd", "qwe", "qweqwe", "qweasd", "qweasdzxc", "zxc", "xyz");

    private PasswordRules() {
    }

    /** As it is digested: the same characters for the same typing. */
    public static String canonical(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC);
    }

    /** Every reason against a password, beside the field it was typed into. */
    public static List<Refusal> check(String typed, String signInName, String field) {
        String password = canonical(typed);
        int length = password.codePointCount(0, password.length());
        List<Refusal> refusals = new ArrayList<>();
        if (length < SHORTEST) {
            refusals.add(Refusal.at(field, "password.short", SHORTEST));
        }
        if (length > LONGEST) {
            refusals.add(Refusal.at(field, "password.long", LONGEST));
        }
        if (length >= SHORTEST && length <= LONGEST && (holdsName(password, signInName) || easyToGuess(password))) {
            refusals.add(Refusal.at(field, "password.simple"));
        }
        return refusals;
    }

    static boolean holdsName(String password, String name) {
        return name.length() > 2 && password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }

    /** A few characters over and over, a run, or a common word with the usual figures round it. */
    static boolean easyToGuess(String password) {
        String plain = password.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]", "");
        if (password.codePoints().distinct().count() < 5 || plain.length() < 6) {
            return true;
        }
        String core = password.toLowerCase(Locale.ROOT).replaceAll("^[^\\p{L}]{0,8}", "").replaceAll("[^\\p{L}]{0,8}$", "");
        String spelt = core.replace('@', 'a').replace('0', 'o').replace('$', 's').replace('1', 'l').replace('3', 'e').replaceAll("[^\\p{L}]", "");
        return COMMON.contains(plain) || COMMON.contains(spelt) || COMMON.contains(core.replaceAll("[^\\p{L}\\p{Nd}]", ""))
                || plain.chars().allMatch(Character::isDigit) && plain.length() < 16
                || mostlyRun(plain);
    }

    private static boolean mostlyRun(String plain) {
        int steps = 0;
        for (int i = 1; i < plain.length(); i++) {
            int step = plain.charAt(i) - plain.charAt(i - 1);
            if (step >= -1 && step <= 1) {
                steps++;
            }
        }
        return steps * 4 >= (plain.length() - 1) * 3;
    }
}
