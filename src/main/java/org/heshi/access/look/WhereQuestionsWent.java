package org.heshi.access.look;

import java.util.List;
import java.util.Map;
import org.heshi.divisions.KeepsPlaces;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Questions to officials are read by the auditors of the place that theirs went into. */
@Component
@Order(KeepsPlaces.LATER)
class WhereQuestionsWent implements KeepsPlaces {

    private final JdbcClient jdbc;

    WhereQuestionsWent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Moved> move(Going going) {
        List<Map.Entry<String, String>> places = List.copyOf(going.places().entrySet());
        return places.isEmpty() ? List.of() : jdbc.sql("select what, was, now, n from access.move_places(?, ?) order by 1, 2")
                .params(places.stream().map(Map.Entry::getKey).toArray(String[]::new), places.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .query((r, _) -> new Moved(r.getString(1), "", r.getString(2), r.getString(3), r.getLong(4))).list();
    }
}
