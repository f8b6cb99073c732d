package org.heshi.identity.factor;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.kernel.CannotStart;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Who must have a second factor: whoever holds a post with one of the roles that {@code heshi.second-factor} names. Not set: those who administer,
 * supervise or audit; in the demo nobody, so that its printed people sign in with their passwords alone.
 */
@Component
public class RequiredFactor {

    private static final Set<Role> USUAL = Set.of(Role.ADMINISTRATOR, Role.AUDITOR, Role.SUPERVISOR);
    private static final String NOBODY = "nobody";

    private final Set<Role> roles;

    RequiredFactor(@Value("${heshi.second-factor:}") String setting, @Value("${heshi.demo:false}") boolean demo) {
        roles = roles(setting, demo);
    }

    static Set<Role> roles(String setting, boolean demo) {
        if (setting.isBlank()) {
            return demo ? Set.of() : USUAL;
        }
        if (setting.strip().equals(NOBODY)) {
            return Set.of();
        }
        return Arrays.stream(setting.split(",")).map(String::strip).map(code -> Role.find(code).orElseThrow(() -> CannotStart.wrongSettings(List.of(
                "HESHI_SECOND_FACTOR must list roles, as in administrator,auditor,supervisor, or be nobody; there is no role \"" + code + "\"."))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Asked of all posts that somebody holds: they may change to any of them. */
    public boolean of(List<HeldPost> posts) {
        return posts.stream().anyMatch(post -> post.roles().stream().anyMatch(roles::contains));
    }
}
