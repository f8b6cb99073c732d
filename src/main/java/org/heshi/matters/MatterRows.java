package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;

/**
 * What rooms beside this one may show of matters in lists: only what {@link org.heshi.access.Acting#current()} may see, the rest is not there.
 */
public interface MatterRows {

    /** The matter's id when who looks may see it. */
    Optional<UUID> find(MatterNumber number);

    /** The matter of that number, or the one that carries it as another system's order number, when who looks may see it. */
    Optional<MatterNumber> findOrder(String order);

    /** Whether units or posts must keep out of the matter: nothing of it may be made known where they read. */
    boolean keptFromSome(UUID matter);

    /** In the order of the ids, without those that who looks may not see. At most some hundred at a time. */
    List<Row> rows(List<UUID> matters);

    /** The same without a word of what people wrote, so that long lists cost no opening of words; by id. */
    Map<UUID, Named> named(List<UUID> matters);

    /** Every kind of matter with its states, as the newest procedures have them. */
    List<Kind> kinds();

    /**
     * A line of a list.
     *
     * @param level 0 blue, 1 yellow, 2 red
     * @param words newest title, description, place words and answers by field name, as far as who looks may read them
     * @param dueAt the first instant too late of the limit that is due first; empty without one that runs
     */
    record Row(UUID id, MatterNumber number, Bilingual kind, Bilingual state, boolean closed, int level, String place, Optional<String> lead,
            Instant recordedAt, Map<String, String> words, Optional<Instant> dueAt) {

        public Row {
            words = Map.copyOf(words);
        }

        /** Empty when it was erased. */
        public String title() {
            return words.getOrDefault("title", "");
        }
    }

    /** What anybody who may see a matter calls it by. @param over whether a limit that runs is over */
    record Named(MatterNumber number, Bilingual kind, Bilingual state, boolean closed, boolean over) {
    }

    /**
     * @param outcomes how it may end, by code
     * @param internal whether offices make such matters and no resident reports them
     * @param inPublic whether such matters may stand one by one where anybody reads
     * @param ends     the states in which it has ended
     */
    record Kind(String code, Bilingual title, Map<String, Bilingual> states, Map<String, Bilingual> outcomes, boolean internal, boolean inPublic, Set<String> ends) {
    }
}
