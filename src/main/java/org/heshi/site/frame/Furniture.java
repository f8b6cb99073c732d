package org.heshi.site.frame;

import java.util.List;
import org.heshi.kernel.FooterNote;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.UnreadNotices;
import org.heshi.site.words.Messages;

/**
 * What all frames share.
 *
 * @param strict whether a missing message is an error, as it is in tests
 */
record Furniture(Messages messages, List<MenuItem> menu, List<FooterNote> notes, UnreadNotices unread, Assets assets, boolean strict) {

    Furniture {
        menu = List.copyOf(menu);
        notes = List.copyOf(notes);
    }
}
