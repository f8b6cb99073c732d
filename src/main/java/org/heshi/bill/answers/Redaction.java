package org.heshi.bill.answers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.kernel.IdentityNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;

/** What a text for everybody must not say, and what whoever writes it is asked about. It finds what can be found; who writes and who releases answer for the rest. Pure. */
final class Redaction {

    private static final Pattern DAY = Pattern.compile("(19|20)[0-9]{2}([-./年])[0-9]{1,2}([-./月][0-9]{1,2}日?)?");
    /** Telephone, identity and account numbers, and numbers of matters, also with blanks and strokes between. */
    private static final Pattern NUMBER = Pattern.compile("[0-9](?:[ \\-－—·.]?[0-9Xx]){6,}");
    /** The same in Chinese digits. */
    private static final Pattern SPOKEN = Pattern.compile("[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖](?:[ \\-]?[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]){6,}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9一二三四五六七八九十百]+ ?(号|幢|栋|单元|室|弄|组)(?!线|令|文)|[\\p{IsHan}]{2,8}(小区|新村|公寓|花园|大厦|自然村)");
    private static final Pattern PLATE = Pattern.compile("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·. ]?[A-Z0-9]{5,6}");

    private Redaction() {
    }

    /** Numbers that lead to somebody: these are never published. */
    static List<Refusal> refusals(String field, String words) {
        String narrow = Words.narrow(words);
        String plain = DAY.matcher(narrow).replaceAll("。");
        List<Refusal> refusals = new ArrayList<>();
        Matcher number = NUMBER.matcher(plain);
        Matcher spoken = SPOKEN.matcher(plain);
        Matcher plate = PLATE.matcher(plain);
        if (!IdentityNumber.in(plain).isEmpty()) {
            refusals.add(Refusal.at(field, "bill-identity"));
        } else if (number.find()) {
            refusals.add(Refusal.at(field, "bill-number", number.group()));
        } else if (spoken.find()) {
            refusals.add(Refusal.at(field, "bill-number", spoken.group()));
        } else if (plate.find()) {
            refusals.add(Refusal.at(field, "bill-number", plate.group()));
        }
        return refusals;
    }

    /** What may be a name or an address: whoever writes looks again and says that it is none. @param contacts of those whom the matter concerns */
    static List<Refusal> doubts(String field, String words, Collection<String> contacts) {
        List<Refusal> doubts = new ArrayList<>();
        String narrow = Words.narrow(words);
        contacts.stream().map(Words::narrow).map(String::strip).filter(one -> one.length() >= 2 && narrow.contains(one)).findFirst()
                .ifPresent(one -> doubts.add(Refusal.at(field, "bill-contact", one)));
        Matcher address = ADDRESS.matcher(narrow);
        if (address.find()) {
            doubts.add(Refusal.at(field, "bill-address", address.group()));
        }
        return doubts;
    }
}
