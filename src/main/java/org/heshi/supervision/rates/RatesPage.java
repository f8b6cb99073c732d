package org.heshi.supervision.rates;

import java.util.List;

/** The rates as the page shows them. @param whole everything together @param leftOut kinds that do not count, in words */
public record RatesPage(By by, String from, String to, List<Line> lines, Line whole, RatesSettings settings, List<String> leftOut) {

    public RatesPage {
        lines = List.copyOf(lines);
        leftOut = List.copyOf(leftOut);
    }

    /** @param name empty for what has no such key */
    public record Line(String name, Rate response, Rate resolution, Rate satisfaction, long unreachable) {
    }
}
