package org.heshi.matters.act;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.kernel.Refusal;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;

/** A post that an action gives something to do on a matter must be one that sees it: of a unit at work or of the acting one, and not kept out. */
final class NamedPosts {

    private NamedPosts() {
    }

    /** @param units those at work on the matter and the acting one @param barred units, and with them everybody who has a post there */
    static List<Refusal> refusals(Action action, Typed typed, Set<UUID> units, Set<UUID> barred, List<UUID> barredPosts, Directory directory, Instant now) {
        return action.fields().stream()
                .filter(field -> field.type() == Procedure.Type.POST && field.sets().isEmpty() && typed.data().get(field.name()) instanceof String)
                .filter(field -> {
                    UUID id = UUID.fromString((String) typed.data().get(field.name()));
                    return Optional.ofNullable(directory.posts(List.of(id)).get(id))
                            .filter(post -> units.contains(post.unit()) && sees(post, barred, barredPosts, directory, now)).isEmpty();
                })
                .map(field -> Refusal.at(field.name(), "post-kept-out")).toList();
    }

    /** Who must keep out in one post must in all of theirs. */
    private static boolean sees(Post post, Set<UUID> barred, List<UUID> barredPosts, Directory directory, Instant now) {
        return !barred.contains(post.unit()) && !barredPosts.contains(post.id()) && (barred.isEmpty() && barredPosts.isEmpty()
                || post.roles().stream().flatMap((Role role) -> directory.holders(post.unit(), role, now).stream()).filter(held -> held.post().equals(post.id()))
                .map(HeldPost::person).distinct().flatMap(person -> directory.heldPosts(person, now).stream())
                .noneMatch(held -> barred.contains(held.unit()) || barredPosts.contains(held.post())));
    }
}
