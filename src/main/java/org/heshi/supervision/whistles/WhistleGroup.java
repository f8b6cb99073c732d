package org.heshi.supervision.whistles;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.matters.MatterRows.Row;

/** The departments that were called to one matter. @param origin the matter, when who looks may see it */
public record WhistleGroup(Optional<Row> origin, List<Call> calls) {

    public WhistleGroup {
        calls = List.copyOf(calls);
    }

    /**
     * One department that was called.
     *
     * @param lastAt the last instant that is in time, of the limit that is due first
     * @param over   whether that is over
     * @param rating what the town said of it
     */
    public record Call(Row whistle, Instant at, Optional<Instant> lastAt, boolean over, Optional<String> rating) {

        public String href() {
            return "/matters/" + whistle.number().digits();
        }
    }
}
