package org.heshi.divisions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A room that keeps codes of places to say where something belongs or whose eyes it is for. When codes end, it moves what it keeps to where the places went on, so that who
 * worked there goes on working. Where trouble was stays as it was written.
 */
public interface KeepsPlaces {

    /** Those that others wait for come first. */
    int FIRST = 0;
    int LATER = 10;

    /**
     * Moves what stands on ended codes, in the transaction that is under way; what stands there already is left.
     *
     * @return what moved, and what stays where no place stands any more because nobody can say where it belongs
     */
    List<Moved> move(Going going);

    /**
     * Asks a room's function in PostgreSQL, which takes codes that ended and those under which they went on and answers rows of what, was, now and how many.
     *
     * @param sql with both arrays as its parameters
     */
    static List<Moved> by(JdbcClient jdbc, String sql, Map<String, String> codes) {
        List<Map.Entry<String, String>> went = List.copyOf(codes.entrySet());
        return went.isEmpty() ? List.of() : jdbc.sql(sql).params(went.stream().map(Map.Entry::getKey).toArray(String[]::new), went.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .query((r, _) -> new Moved(r.getString(1), "", r.getString(2), r.getString(3), r.getLong(4))).list();
    }

    /**
     * @param places  codes that ended, each with the code under which the place went on
     * @param offices the same for units, posts and rules: also of places that were split, where it was said which part keeps them
     * @param split   codes that ended and went into several, without those in {@code offices}
     */
    record Going(Map<String, String> places, Map<String, String> offices, Set<String> split) {
        public Going {
            places = Map.copyOf(places);
            offices = Map.copyOf(offices);
            split = Set.copyOf(split);
        }
    }

    /**
     * @param what  kind of thing: unit, post, rule, organ, matter, holding …
     * @param name  of the one thing, where it has a name that anybody may read; else empty
     * @param now   empty: it stays
     * @param count how many
     */
    record Moved(String what, String name, String was, String now, long count) {
    }
}
