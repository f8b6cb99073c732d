package org.heshi.statistics.targets;

import java.util.List;
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
        return KeepsPlaces.by(jdbc, "select what, was, now, n from statistics.move_places(?, ?) order by 1, 2", going.offices());
    }
}
