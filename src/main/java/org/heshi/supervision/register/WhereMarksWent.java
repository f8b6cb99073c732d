package org.heshi.supervision.register;

import java.util.ArrayList;
import java.util.List;
import org.heshi.divisions.KeepsPlaces;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What supervision lists and counts goes with its matters; minutes and what a place left out of its rates go with the office that keeps them. */
@Component
@Order(KeepsPlaces.LATER)
class WhereMarksWent implements KeepsPlaces {

    private final JdbcClient jdbc;

    WhereMarksWent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Moved> move(Going going) {
        List<Moved> moved = new ArrayList<>(KeepsPlaces.by(jdbc, "select what, was, now, n from supervision.move_places(?, ?) order by 1, 2", going.places()));
        moved.addAll(KeepsPlaces.by(jdbc, "select what, was, now, n from supervision.move_registers(?, ?) order by 1, 2", going.offices()));
        return moved;
    }
}
