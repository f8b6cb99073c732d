package org.heshi.statistics.targets;

import java.util.List;
import java.util.Map;
import org.heshi.divisions.KeepsPlaces;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Goals and bulletins go along with their place. */
@Component
@Order(KeepsPlaces.LATER)
class WhereGoalsWent implements KeepsPlaces {

    private final JdbcClient jdbc;

    WhereGoalsWent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Moved> move(Going going) {
        List<Map.Entry<String, String>> places = List.copyOf(going.offices().entrySet());
        return places.isEmpty() ? List.of() : jdbc.sql("select what, was, now, n from statistics.move_places(?, ?) order by 1, 2")
                .params(places.stream().map(Map.Entry::getKey).toArray(String[]::new), places.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .query((r, _) -> new Moved(r.getString(1), "", r.getString(2), r.getString(3), r.getLong(4))).list();
    }
}
