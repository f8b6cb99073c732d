package org.heshi.kernel;

import java.util.Set;

/**
 * One way in that a room offers. Rooms declare beans of it; the site draws them in order.
 *
 * @param key     message key of its words
 * @param href    where it leads
 * @param icon    name of an icon of the site's set
 * @param order   smaller comes first
 * @param roles   names of the roles that see it; empty: everybody, also without signing in
 * @param place   code of a place: only posts that watch it see it; empty: all with these roles
 */
public record MenuItem(String key, String href, String icon, int order, Set<String> roles, String place) {

    public MenuItem(String key, String href, String icon, int order, Set<String> roles) {
        this(key, href, icon, order, roles, "");
    }

    public MenuItem {
        roles = Set.copyOf(roles);
    }
}
