package org.heshi.identity;

import java.io.Serializable;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who signed in, and the post they chose to act in. Says nothing about what they may: that is asked of the directory at every request.
 *
 * @param post none when the chosen post ended and no other was chosen yet
 */
public record SignedIn(UUID person, @Nullable UUID post) implements Principal, Serializable {

    @Override
    public String getName() {
        return person.toString();
    }

    /** The one of this request. */
    public static Optional<SignedIn> current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn in ? Optional.of(in) : Optional.empty();
    }
}
