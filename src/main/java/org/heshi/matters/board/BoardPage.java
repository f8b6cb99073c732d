package org.heshi.matters.board;

import java.util.List;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.queue.Line;

/**
 * The board of one division.
 *
 * @param division code of the place
 * @param name     its name
 * @param whole    code of the place that who looks watches as a whole, when this is a part of it; else empty
 */
public record BoardPage(String division, String name, String whole, String wholeName, long open, long ended, List<Bar> kinds, List<Bar> states,
        List<Bar> places, List<Bar> leads, List<Line> longest) {

    public BoardPage {
        kinds = List.copyOf(kinds);
        states = List.copyOf(states);
        places = List.copyOf(places);
        leads = List.copyOf(leads);
        longest = List.copyOf(longest);
    }

    /**
     * One bar.
     *
     * @param label words, or a message key when {@code key}
     * @param href  where it leads, empty for nowhere
     * @param share hundredths of the longest bar
     */
    public record Bar(Bilingual label, boolean key, String href, long n, int share) {
    }
}
