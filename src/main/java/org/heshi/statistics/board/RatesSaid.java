package org.heshi.statistics.board;

import org.heshi.statistics.Measures;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How a county counts what people answered ({@code heshi.rates.*}): the same here as with the rates of supervision. */
@Component
public class RatesSaid {

    private final int least;
    private final boolean partly;
    private final boolean fair;

    RatesSaid(@Value("${heshi.rates.least:10}") int least, @Value("${heshi.rates.partly-resolved:false}") boolean partly,
            @Value("${heshi.rates.fair-satisfied:true}") boolean fair) {
        this.least = least;
        this.partly = partly;
        this.fair = fair;
    }

    public int least() {
        return least;
    }

    public boolean partly() {
        return partly;
    }

    public boolean fair() {
        return fair;
    }

    public long satisfied(Measures of) {
        return of.satisfied() + (fair ? of.fair() : 0);
    }

    public long resolved(Measures of) {
        return of.resolved() + (partly ? of.partly() : 0);
    }

    public long saidWhetherResolved(Measures of) {
        return of.resolved() + of.partly() + of.unresolved();
    }
}
