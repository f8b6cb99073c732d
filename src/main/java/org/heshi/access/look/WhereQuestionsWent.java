package org.heshi.access.look;

import java.util.List;
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
        return KeepsPlaces.by(jdbc, "select what, was, now, n from access.move_places(?, ?) order by 1, 2", going.places());
    }
}
