package org.heshi.matters.matter;

import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.view.MatterViews;

/** From the number in an address to the matter, for who may see it. */
final class Known {

    private Known() {
    }

    /** @throws NoSuchElementException when there is none that who looks may see, which is the same answer as for a number that does not exist */
    static UUID matter(MatterViews views, String number) {
        return MatterNumber.parse(number).flatMap(views::find).orElseThrow(() -> new NoSuchElementException("no matter " + number));
    }
}
