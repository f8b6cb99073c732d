package org.heshi.matters.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Post;
import org.heshi.kernel.Refusal;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Target;

/**
 * The rules about posts that an action names. One that is to do something on the matter must see it: of a unit at work or of the acting one, and
 * not kept out. One that is to keep out must be at work on it, or of the acting unit; never one that watches, and nobody's own.
 */
final class NamedPosts {

    private NamedPosts() {
    }

    /** @param barredPosts by matter; asked only when a post is named */
    static List<Refusal> refusals(Action action, Typed typed, Actor.Staff staff, Ledger.Loaded loaded, Function<UUID, List<UUID>> barredPosts,
            Directory directory, Instant now) {
        List<Refusal> refusals = new ArrayList<>();
        for (Field field : action.fields()) {
            if (field.type() == Procedure.Type.POST && typed.data().get(field.name()) instanceof String id) {
                Post post = directory.posts(List.of(UUID.fromString(id))).get(UUID.fromString(id));
                String wrong = field.sets().filter(Target.AVOID::equals).isPresent() ? avoiding(post, staff, loaded)
                        : works(post, staff, loaded) && sees(post, loaded.barred(), barredPosts.apply(loaded.row().id), directory, now) ? "" : "post-kept-out";
                if (!wrong.isEmpty()) {
                    refusals.add(Refusal.at(field.name(), wrong));
                }
            }
        }
        return refusals;
    }

    private static boolean works(Post post, Actor.Staff staff, Ledger.Loaded loaded) {
        Set<UUID> units = new HashSet<>(Set.of(staff.unit()));
        loaded.holdings().forEach(held -> units.add(held.unit()));
        return units.contains(post.unit());
    }

    private static String avoiding(Post post, Actor.Staff staff, Ledger.Loaded loaded) {
        if (post.id().equals(staff.post())) {
            return "avoid-oneself";
        }
        boolean handles = post.unit().equals(staff.unit()) || loaded.holdings().stream()
                .anyMatch(held -> held.unit().equals(post.unit()) && (held.relation().equals("lead") || held.relation().equals("helper")));
        return handles ? "" : "avoid-elsewhere";
    }

    /** Who must keep out in one post must in all of theirs. */
    private static boolean sees(Post post, Set<UUID> barred, List<UUID> barredPosts, Directory directory, Instant now) {
        if (barred.contains(post.unit()) || barredPosts.contains(post.id())) {
            return false;
        }
        return barred.isEmpty() && barredPosts.isEmpty() || directory.holders(post.unit(), now).stream().filter(held -> held.post().equals(post.id()))
                .flatMap(held -> directory.heldPosts(held.person(), now).stream())
                .noneMatch(held -> barred.contains(held.unit()) || barredPosts.contains(held.post()));
    }
}
