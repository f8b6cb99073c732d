package org.heshi.matters.queue;

import java.util.List;
import org.heshi.kernel.Bilingual;

/**
 * My queue as the page shows it.
 *
 * @param state  the tab that is open, empty for all
 * @param next   address of the next page, empty when there is none
 * @param first  address of the first page, empty on it
 * @param asked  how many questions about looking wait for an answer
 * @param key    what makes one press of the button one act for each matter, however often it is sent
 */
public record QueuePage(List<Tab> tabs, String state, List<Line> lines, String next, String first, String key, int asked) {

    public QueuePage {
        tabs = List.copyOf(tabs);
        lines = List.copyOf(lines);
    }

    public boolean bulk() {
        return lines.stream().anyMatch(Line::signable);
    }

    /**
     * @param titles one for each kind that words it differently
     * @param count  what to show: a number, or the greatest one and a plus
     */
    public record Tab(String state, List<Bilingual> titles, String count, boolean open) {

        public Tab {
            titles = List.copyOf(titles);
        }

        public String href() {
            return state.isEmpty() ? "/queue" : "/queue?state=" + state;
        }
    }
}
