package org.heshi.statistics.board;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What each figure means, with what the county set about it. */
@Component
public class Meanings {

    /** In this order at the end of the page and in files. */
    static final List<String> MEANT = List.of("received", "closed", "open", "over", "late", "reopened", "median", "p90", "acceptance", "response", "satisfied", "resolved", "charged", "cut", "apart");

    private static final List<String> PARTS = List.of("places", "categories", "kinds", "ways", "times");

    private final RatesSaid rates;

    Meanings(RatesSaid rates) {
        this.rates = rates;
    }

    public Map<String, String> all(Words words) {
        Map<String, String> all = new LinkedHashMap<>();
        MEANT.forEach(measure -> all.put(measure, of(measure, words)));
        PARTS.forEach(part -> all.put(part, of(part, words)));
        return all;
    }

    public String of(String measure, Words words) {
        return switch (measure) {
            case "satisfied" -> words.t("figures.def.satisfied", words.t(rates.fair() ? "figures.def.fair" : "figures.def.not-fair"), rates.least());
            case "resolved" -> words.t("figures.def.resolved", words.t(rates.partly() ? "figures.def.partly" : "figures.def.not-partly"), rates.least());
            default -> words.t("figures.def." + measure);
        };
    }
}
