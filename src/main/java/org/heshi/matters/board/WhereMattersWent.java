package org.heshi.matters.board;

import java.util.List;
import org.heshi.divisions.KeepsPlaces;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose eyes matters are for goes where their place went; where the trouble was stays as it was written, and so does what the log says. */
@Component
@Order(KeepsPlaces.FIRST)
class WhereMattersWent implements KeepsPlaces {

    private final JdbcClient jdbc;

    WhereMattersWent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Moved> move(Going going) {
        return KeepsPlaces.by(jdbc, "select what, was, now, n from matters.move_places(?, ?) order by 1, 2", going.places());
    }
}
