package org.heshi.matters.pick;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.Picks;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedures;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Every list of every room by its name. The program does not start when a procedure asks for one that nobody offers. */
@Component
public class PickLists implements SmartInitializingSingleton {

    private final ObjectProvider<Picks> rooms;
    private final Procedures procedures;
    private volatile Map<String, Picks> lists = Map.of();

    PickLists(ObjectProvider<Picks> rooms, Procedures procedures) {
        this.rooms = rooms;
        this.procedures = procedures;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<String, Picks> all = new HashMap<>();
        rooms.forEach(room -> room.lists().forEach(list -> {
            if (all.put(list, room) != null) {
                throw new IllegalStateException("two rooms offer the list " + list);
            }
        }));
        procedures.all().forEach(procedure -> procedure.actions().values().forEach(action -> action.fields().stream().filter(field -> field.type() == Type.PICK)
                .filter(field -> !all.containsKey(field.of().orElseThrow())).findFirst().ifPresent(field -> {
                    throw new IllegalStateException("procedure " + procedure.kind() + ", action " + action.name() + ": nobody offers the list " + field.of().orElseThrow()
                            + "; known are " + all.keySet());
                })));
        lists = Map.copyOf(all);
    }

    public List<Picks.Pick> offered(Field field, UUID matter) {
        return list(field).map(room -> room.offered(field.of().orElseThrow(), matter)).orElse(List.of());
    }

    public Optional<Bilingual> name(Field field, UUID matter, String value) {
        return list(field).flatMap(room -> room.name(field.of().orElseThrow(), matter, value));
    }

    /** Empty for a list of an old version of a procedure that nobody offers any more. */
    private Optional<Picks> list(Field field) {
        return field.of().map(lists::get);
    }
}
