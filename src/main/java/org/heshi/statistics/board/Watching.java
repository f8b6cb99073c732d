package org.heshi.statistics.board;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.statistics.Whose;

/**
 * What the post that acts looks at.
 *
 * @param scope code of the place that it watches as a whole; empty when it watches none
 * @param unit  its own unit, when it watches no place
 * @param near  whether it only works there: of the place it is told what it may see, matter by matter
 */
public record Watching(String scope, Optional<UUID> unit, boolean near) {

    /** @throws org.springframework.security.access.AccessDeniedException when the post watches no place and answers for no unit */
    public static Watching mine() {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.HEAD, Role.DISPATCHER, Role.VERIFIER, Role.AUDITOR);
        return of(staff);
    }

    /**
     * The same of everybody who handles matters; who works in a village or a grid looks at it, as far as they may see what there is.
     *
     * @throws org.springframework.security.access.AccessDeniedException when the post neither watches nor handles anything
     */
    static Watching atWork() {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.HEAD, Role.DISPATCHER, Role.VERIFIER, Role.AUDITOR, Role.HANDLER, Role.GRID_WORKER);
        return staff.scope().isEmpty() && staff.held().division().length() > Level.TOWN.digits() ? new Watching(staff.held().division(), Optional.empty(), true) : of(staff);
    }

    private static Watching of(Actor.Staff staff) {
        return staff.scope().isEmpty() ? new Watching("", Optional.of(staff.unit()), false) : new Watching(staff.scope(), Optional.empty(), false);
    }

    /**
     * The place asked for, or the whole.
     *
     * @param once codes that stand no more and went into a place with all that they held
     * @throws NoSuchElementException when it is not within what is watched
     */
    public String place(String asked, Function<String, List<String>> once) {
        if (unit.isPresent()) {
            if (!asked.isEmpty()) {
                throw new NoSuchElementException("this post watches no place");
            }
            return "";
        }
        if (!asked.isEmpty() && !asked.startsWith(scope) && once.apply(scope).stream().noneMatch(asked::startsWith)) {
            throw new NoSuchElementException("no such place within " + scope);
        }
        return asked.isEmpty() ? scope : asked;
    }

    public Whose whose(String place) {
        return unit.<Whose>map(Whose.Unit::new).orElseGet(() -> new Whose.Place(place));
    }

    /** Places that one chooses among from there, by code, with their names as a list shows them: those above as far as they are watched, itself, and those right below. */
    public Map<String, String> near(String place, Divisions divisions) {
        Map<String, String> near = new LinkedHashMap<>();
        List<String> above = new ArrayList<>();
        for (Level level : Level.values()) {
            if (level.digits() >= scope.length() && level.digits() <= place.length()) {
                above.add(place.substring(0, level.digits()));
            }
        }
        Map<String, String> names = divisions.namesEver(above);
        above.forEach(code -> near.put(code, "　".repeat(near.size()) + names.getOrDefault(code, code)));
        String indent = "　".repeat(above.size());
        divisions.children(place).forEach(below -> near.put(below.code(), indent + below.name()));
        return near;
    }
}
