package org.heshi.mediation.sign;

import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.OwnPages;
import org.springframework.stereotype.Component;

/** Whoever signs reads the text on the page where they do it. */
@Component
class PagesOfSigning implements OwnPages {

    @Override
    public Optional<String> forResidents(String kind, String action, MatterNumber number) {
        return kind.equals("dispute") && action.equals("sign") ? Optional.of("/follow/" + number.digits() + "/sign") : Optional.empty();
    }
}
