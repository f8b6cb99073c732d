package org.heshi.mediation.workspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Readings.Reading;
import org.heshi.mediation.workspace.WorkspacePage.Chart;

/** How the sides came nearer to each other, as far as their offers name amounts. */
final class Charts {

    private static final int EDGE = 12;

    private Charts() {
    }

    private record Offer(int party, Yuan amount, Reading entry) {
    }

    /** @param names of parties by number */
    static Chart of(List<Reading> entries, IntFunction<String> names) {
        List<Offer> offers = new ArrayList<>();
        for (Reading entry : entries) {
            if (entry.action().equals("offer") || entry.action().equals("offer-recorded")) {
                int party = entry.party().orElseGet(() -> entry.parties("whose").stream().findFirst().orElse(0));
                Yuan.parse(entry.word("amount")).ifPresent(amount -> offers.add(new Offer(party, amount, entry)));
            }
        }
        if (offers.size() < 2) {
            return new Chart(List.of(), "", "");
        }
        long low = offers.stream().mapToLong(offer -> offer.amount().fen()).min().orElseThrow();
        long high = offers.stream().mapToLong(offer -> offer.amount().fen()).max().orElseThrow();
        Map<Integer, List<Chart.Point>> lines = new LinkedHashMap<>();
        for (int i = 0; i < offers.size(); i++) {
            Offer offer = offers.get(i);
            int x = EDGE + (Chart.WIDTH - 2 * EDGE) * i / (offers.size() - 1);
            int y = high == low ? Chart.HEIGHT / 2 : (int) (Chart.HEIGHT - EDGE - (Chart.HEIGHT - 2L * EDGE) * (offer.amount().fen() - low) / (high - low));
            lines.computeIfAbsent(offer.party(), _ -> new ArrayList<>()).add(new Chart.Point(x, y, offer.amount().figures(), offer.entry().at()));
        }
        List<Chart.Line> drawn = new ArrayList<>();
        lines.forEach((party, points) -> drawn.add(new Chart.Line(names.apply(party), drawn.size() % 4 + 1,
                points.stream().map(point -> point.x() + "," + point.y()).collect(Collectors.joining(" ")), List.copyOf(points))));
        return new Chart(List.copyOf(drawn), new Yuan(low).figures(), new Yuan(high).figures());
    }
}
