package org.heshi.mediation.figures;

import java.util.ArrayList;
import java.util.List;
import org.heshi.divisions.KeepsPlaces;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cases, committees and mediators go with their place; scales, allowances and findings with its offices. */
@Component
@Order(KeepsPlaces.LATER)
class WhereCasesWent implements KeepsPlaces {

    private final JdbcClient jdbc;

    WhereCasesWent(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Moved> move(Going going) {
        List<Moved> moved = new ArrayList<>(KeepsPlaces.by(jdbc, "select what, was, now, n from mediation.move_places(?, ?) order by 1, 2", going.places()));
        moved.addAll(KeepsPlaces.by(jdbc, "select what, was, now, n from mediation.move_registers(?, ?) order by 1, 2", going.offices()));
        return moved;
    }
}
