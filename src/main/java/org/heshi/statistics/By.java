package org.heshi.statistics;

import java.util.stream.Stream;

/** What figures are shown by. Never by a person. A key is text; the code of nothing is the empty text. */
public enum By {
    /** The places right below the place asked about, by code; what counts at the place itself and in none below it has the empty key. */ PLACE,
    /** The towns of the place, by code; what counts above the town has the empty key. */ TOWN,
    KIND,
    /** Categories of the first level, two digits; without one, empty. */ CATEGORY_1,
    /** Four digits, or two where a matter has no more. */ CATEGORY_2,
    /** As deep as the matter has it. */ CATEGORY_3,
    CHANNEL,
    /** 0 blue, 1 yellow, 2 red. */ LEVEL,
    /** How it was closed; what came in and is not closed has the empty key, so has all that came in. */ OUTCOME,
    /** Lead unit, by id. */ UNIT,
    /** ISO date. */ DAY,
    /** 2026-11. */ MONTH,
    /** 0 to 23, of coming in. */ HOUR,
    /** 1 Monday to 7 Sunday, of the day that counts. */ WEEKDAY;

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static By of(String code) {
        return Stream.of(values()).filter(by -> by.code().equals(code)).findFirst()
                .orElseThrow(() -> new java.util.NoSuchElementException("nothing is counted by " + code));
    }
}
