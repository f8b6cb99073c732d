package org.heshi.directory.posts;

import java.util.List;
import java.util.Objects;

/** What an administrator types about a post. Place: code or name of a place of the post's own within its unit's, as a grid; may be empty. */
public record PostForm(String title, List<String> roles, String place, String placePicked) {

    public PostForm {
        title = Objects.requireNonNullElse(title, "");
        roles = roles == null ? List.of() : List.copyOf(roles);
        place = Objects.requireNonNullElse(place, "");
        placePicked = Objects.requireNonNullElse(placePicked, "");
    }
}
