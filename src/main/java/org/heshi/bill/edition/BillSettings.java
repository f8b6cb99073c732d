package org.heshi.bill.edition;

import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a county makes its public bill ({@code heshi.bill.*}).
 *
 * @param day        of the month on which the draft of the month before is made
 * @param k          counts of fewer are not told; 5 or more
 * @param firstMonth the first month that is told, as {@code 2026-07}; empty: the first whole month after the one in which the first matter came in
 * @param solved     outcomes that count as solved; a matter that was closed otherwise was answered and not solved
 * @param licence    under which others may use the data, by its SPDX name, and its address
 */
@ConfigurationProperties("heshi.bill")
public record BillSettings(@DefaultValue("5") int day, @DefaultValue("5") int k, @DefaultValue("") String firstMonth,
        @DefaultValue({"resolved", "agreed", "adopted", "found-true"}) Set<String> solved, @DefaultValue("CC-BY-4.0") String licence,
        @DefaultValue("https://creativecommons.org/licenses/by/4.0/") String licenceAddress) {

    public BillSettings {
        if (day < 1 || day > 28) {
            throw new IllegalArgumentException("heshi.bill.day must be 1 to 28: every month has it");
        }
        if (k < 5 || k > 100) {
            throw new IllegalArgumentException("heshi.bill.k must be 5 or more");
        }
        if (!firstMonth.isEmpty()) {
            YearMonth.parse(firstMonth);
        }
        solved = Set.copyOf(solved);
    }

    Optional<YearMonth> first() {
        return firstMonth.isEmpty() ? Optional.empty() : Optional.of(YearMonth.parse(firstMonth));
    }
}
