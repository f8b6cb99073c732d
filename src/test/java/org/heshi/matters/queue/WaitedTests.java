package org.heshi.matters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.view.MatterViews.StateCount;
import org.junit.jupiter.api.Test;

class WaitedTests {

    static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

    @Test
    void isSaidInTheGreatestWholeUnit() {
        assertThat(waited(Duration.ofSeconds(59))).isEqualTo(new Waited("minutes", 0));
        assertThat(waited(Duration.ofMinutes(59))).isEqualTo(new Waited("minutes", 59));
        assertThat(waited(Duration.ofMinutes(60))).isEqualTo(new Waited("hours", 1));
        assertThat(waited(Duration.ofHours(23).plusMinutes(59))).isEqualTo(new Waited("hours", 23));
        assertThat(waited(Duration.ofHours(24))).isEqualTo(new Waited("days", 1));
        assertThat(waited(Duration.ofDays(400))).isEqualTo(new Waited("days", 400));
        assertThat(waited(Duration.ofMinutes(-5))).isEqualTo(new Waited("minutes", 0));
    }

    private static Waited waited(Duration since) {
        return Waited.between(NOW.minus(since), NOW);
    }

    @Test
    void countsStatesOfTheSameNameTogetherAndStopsAtAThousand() {
        var assigned = new Bilingual("待签收", "To be signed for");
        var tabs = QueueController.tabs(List.of(new StateCount("service", "assigned", assigned, 3), new StateCount("dispute", "assigned", assigned, 4),
                new StateCount("service", "accepted", new Bilingual("办理中", "At work"), 1000)), "assigned");
        assertThat(tabs).extracting(QueuePage.Tab::count).containsExactly("1000+", "7", "1000+");
        assertThat(tabs).extracting(QueuePage.Tab::open).containsExactly(false, true, false);
        assertThat(tabs.get(1).titles()).containsExactly(assigned);
    }
}
