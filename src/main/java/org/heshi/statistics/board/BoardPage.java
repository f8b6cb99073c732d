package org.heshi.statistics.board;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dashboard of one place or unit.
 *
 * @param name       of the place or unit
 * @param level      of the place as message keys have it; {@code unit} for a unit
 * @param path       places above it, as far as who looks watches them
 * @param says       what is to be known at once, in sentences
 * @param today      of this day, whatever days are asked about
 * @param tiles      of the days asked about
 * @param course     by days or months
 * @param comings    came in and was closed, drawn
 * @param stock      what stood open, drawn
 * @param hours      empty where it is not counted under this filter, as {@code units}
 * @param asOf       up to when everything is counted
 * @param choices    of the filter
 * @param means      what each figure means
 * @param nothing    whether there is nothing to see at all
 * @param once       places that went into this one, as they were
 * @param near       whether only what who looks may see is counted
 */
public record BoardPage(Asked asked, String name, String level, List<Step> path, List<String> says, List<Tile> today, List<Tile> tiles, Table compared, Table course,
        Lines comings, Lines stock, Table places, Plan plan, Table categories, List<Step> categoryPath, Table kinds, Optional<Table> units, Table ways, Flow flow,
        Optional<Table> times, Heat heat, Optional<Instant> asOf, Optional<Duration> behind, Choices choices, Map<String, String> means, boolean nothing, List<Step> once, boolean near) {

    public BoardPage {
        path = List.copyOf(path);
        once = List.copyOf(once);
        says = List.copyOf(says);
        today = List.copyOf(today);
        tiles = List.copyOf(tiles);
        categoryPath = List.copyOf(categoryPath);
    }

    /** One of a row of links from the whole to the part. */
    public record Step(String label, String href) {
    }

    /**
     * A number that stands alone.
     *
     * @param measure as message keys have it
     * @param of      what it is of, for a rate; may be empty
     * @param href    the list behind it; may be empty
     */
    public record Tile(String measure, String label, String value, String of, String href, List<Change> changes) {

        public Tile {
            changes = List.copyOf(changes);
        }
    }

    /** @param way {@code up}, {@code down} or {@code same} */
    public record Change(String label, String way, String words) {
    }

    public record Choice(String value, String label) {
    }

    /** @param periods ready periods: the words and where they lead */
    public record Choices(List<Choice> kinds, List<Choice> categories, List<Choice> channels, List<Step> periods) {

        public Choices {
            kinds = List.copyOf(kinds);
            categories = List.copyOf(categories);
            channels = List.copyOf(channels);
            periods = List.copyOf(periods);
        }
    }

    /** All tables in the order of the page, those without a row left out. */
    public List<Table> tables() {
        List<Table> all = new ArrayList<>(List.of(compared, course, places, categories, kinds));
        units.ifPresent(all::add);
        all.add(ways);
        times.ifPresent(all::add);
        return all.stream().filter(table -> !table.empty()).toList();
    }
}
