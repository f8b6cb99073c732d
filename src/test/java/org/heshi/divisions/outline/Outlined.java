package org.heshi.divisions.outline;

import java.util.List;
import java.util.Map;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.divisions.Outlines.Outline;
import org.heshi.divisions.Outlines.Position;
import org.springframework.context.ApplicationContext;

/** Gives places outlines, for tests of other rooms. */
public final class Outlined {

    private Outlined() {
    }

    public static void square(ApplicationContext context, String code, double west, double south, double side) {
        List<Position> ring = List.of(new Position(west, south), new Position(west + side, south), new Position(west + side, south + side),
                new Position(west, south + side), new Position(west, south));
        Acting.run(new Actor.Machine("importer"), () -> context.getBean(KeptOutlines.class).keep(Map.of(code, new Outline(List.of(List.of(ring)))), "test"));
    }
}
