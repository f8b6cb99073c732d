package org.heshi.supervision.rates;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a county counts its rates ({@code heshi.rates.*}). No text fixes the arithmetic: what is set here is printed beside the figures.
 *
 * @param least          fewer cases than this give no rate
 * @param partlyResolved whether what the reporter calls solved in part counts as solved
 * @param fairSatisfied  whether "fairly satisfied" counts as satisfied
 * @param leaveOut       kinds that do not count: questions that were answered, and what no resident reported
 */
@ConfigurationProperties("heshi.rates")
public record RatesSettings(@DefaultValue("10") int least, @DefaultValue("false") boolean partlyResolved, @DefaultValue("true") boolean fairSatisfied,
        @DefaultValue("advice") Set<String> leaveOut) {

    public RatesSettings {
        if (least < 1) {
            throw new IllegalArgumentException("heshi.rates.least must be 1 or more: nothing is divided by nothing");
        }
        leaveOut = Set.copyOf(leaveOut);
    }
}
