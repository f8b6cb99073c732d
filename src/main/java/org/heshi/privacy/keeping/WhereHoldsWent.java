package org.heshi.privacy.keeping;

import java.util.ArrayList;
import java.util.List;
import org.heshi.divisions.KeepsPlaces;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds and the book of openings go with their matters, the book of breaches with the office that keeps it. */
@Component
@Order(KeepsPlaces.LATER)
class WhereHoldsWent implements KeepsPlaces {

    private final JdbcClient jdbc;

    WhereHoldsWent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Moved> move(Going going) {
        List<Moved> moved = new ArrayList<>(KeepsPlaces.by(jdbc, "select what, was, now, n from privacy.move_places(?, ?) order by 1, 2", going.places()));
        moved.addAll(KeepsPlaces.by(jdbc, "select what, was, now, n from privacy.move_registers(?, ?) order by 1, 2", going.offices()));
        return moved;
    }
}
