package org.heshi.supervision.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * The pages of the room that who looks may open.
 *
 * @param open the one that is open
 */
public record Tabs(String open, List<Tab> tabs) {

    private static final List<String> OF_A_PLACE = List.of("papers", "month", "whistles", "rulings", "meetings");

    /** @param name as message keys and addresses have it; the board's is {@code board} */
    public record Tab(String name, String href, boolean here) {
    }

    public static Tabs of(String open) {
        List<String> names = new ArrayList<>(List.of("board"));
        if (Watched.mine() instanceof Watched.Place) {
            names.addAll(OF_A_PLACE);
        }
        names.add("rates");
        return new Tabs(open, names.stream().map(name -> new Tab(name, name.equals("board") ? "/supervision" : "/supervision/" + name, name.equals(open)))
                .toList());
    }
}
