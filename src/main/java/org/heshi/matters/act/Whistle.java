package org.heshi.matters.act;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.directory.Unit;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Refusal;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.jspecify.annotations.Nullable;

/**
 * A whistle that was asked for: by whom, which departments, for what. Its rules; what it does to matters is the one door's.
 *
 * @param by          the unit that asked
 * @param named       how many departments it named
 * @param departments those of them that are still there
 * @param sort        which of the three kinds
 * @param request     what they are needed for; empty when it was erased
 */
record Whistle(Optional<UUID> by, int named, List<Unit> departments, Optional<String> sort, Optional<String> request) {

    /** The kind of the matters that it makes, the action that asks for it, and the channel by which they come. */
    static final String KIND = "whistle";
    /** The action that such a matter begins with, and the one by which it is called off. */
    static final String CALL = "call";
    static final String CANCEL = "cancel";

    /** As the entry that asked for it says. */
    static Whistle of(String content, Map<String, Optional<String>> words, Function<UUID, Optional<Unit>> units) {
        Map<String, Object> data = CanonicalJson.object(content, "data");
        List<UUID> named = ids(data.get("departments"));
        return new Whistle(Optional.ofNullable(CanonicalJson.object(content, "actor").get("unit")).flatMap(unit -> Ids.find(unit.toString())), named.size(),
                named.stream().flatMap(id -> units.apply(id).stream()).toList(), Optional.ofNullable(data.get("sort")).map(Object::toString),
                words.getOrDefault("request", Optional.empty()));
    }

    /** Whether it may still be approved: the same unit leads the matter, and every department is there, is not that unit, and is not barred. */
    boolean stillCalls(UUID lead, Set<UUID> barred) {
        return by.filter(lead::equals).isPresent() && departments.size() == named
                && departments.stream().noneMatch(unit -> unit.id().equals(lead) || barred.contains(unit.id()));
    }

    /** What a department's own matter says of it in clear. */
    Map<String, Object> data(UUID from) {
        Map<String, Object> data = new LinkedHashMap<>(Map.of("split-from", from.toString()));
        sort.ifPresent(kind -> data.put("sort", kind));
        return data;
    }

    /** What a department's own matter says of it in words. */
    List<Typed.Words> words(Optional<String> title) {
        List<Typed.Words> words = new ArrayList<>();
        title.ifPresent(text -> words.add(new Typed.Words("title", 0, Optional.empty(), "words", text)));
        request.ifPresent(text -> words.add(new Typed.Words("description", 0, Optional.empty(), "words", text)));
        return words;
    }

    /** Nobody is called to a matter that is about them, and nobody calls themselves. */
    static List<Refusal> refusals(Action action, Typed typed, Row row, Set<UUID> barred) {
        List<Refusal> refusals = new ArrayList<>();
        for (Procedure.Field field : action.fields()) {
            if (field.type() == Procedure.Type.UNITS && field.sets().isEmpty()) {
                List<UUID> units = ids(typed.data().get(field.name()));
                if (units.stream().anyMatch(barred::contains)) {
                    refusals.add(Refusal.at(field.name(), "unit-accused"));
                }
                if (units.contains(row.lead)) {
                    refusals.add(Refusal.at(field.name(), "calls-itself"));
                }
            }
        }
        return refusals;
    }

    private static List<UUID> ids(@Nullable Object list) {
        return list instanceof List<?> ids ? ids.stream().flatMap(id -> Ids.find(id.toString()).stream()).toList() : List.of();
    }
}
