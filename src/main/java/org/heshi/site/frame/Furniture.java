package org.heshi.site.frame;

import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.UnreadNotices;
import org.heshi.site.words.Messages;

/**
 * What all frames share.
 *
 * @param posts  how many posts a person holds now
 * @param strict whether a missing message is an error, as it is in tests
 */
record Furniture(Messages messages, List<MenuItem> menu, UnreadNotices unread, ToIntFunction<UUID> posts, Assets assets, boolean strict) {

    Furniture {
        menu = List.copyOf(menu);
    }
}
