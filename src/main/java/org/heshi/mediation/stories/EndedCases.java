package org.heshi.mediation.stories;

import java.util.List;
import java.util.Set;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.matters.Companion;
import org.heshi.matters.Readings;
import org.springframework.stereotype.Component;

/** Only what came to its end is told: whatever takes a case out of it takes its story down, in the same transaction, and needs every consent anew. */
@Component
class EndedCases implements Companion {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");
    private static final Set<String> TOLD = Set.of("agreed", "answered", "closed");

    private final Stories stories;
    private final Readings readings;
    private final InnerScope inner;

    EndedCases(Stories stories, Readings readings, InnerScope inner) {
        this.stories = stories;
        this.readings = readings;
        this.inner = inner;
    }

    @Override
    public boolean takesPart(String kind, String action) {
        return kind.equals("dispute");
    }

    @Override
    public Judged judge(Step step) {
        return Judged.FINE;
    }

    @Override
    public void keep(Step step) {
        if (!TOLD.contains(step.state())) {
            return;
        }
        inner.as(SELF, () -> {
            if (stories.any(step.matter())) {
                List<Readings.Reading> entries = readings.of(step.matter());
                if (entries.isEmpty() || !TOLD.contains(entries.getLast().state())) {
                    stories.goesOn(step.matter(), step.at());
                }
            }
        });
    }
}
