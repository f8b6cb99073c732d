package org.heshi.matters;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.kernel.Refusal;

/** How many wrong codes an address has: one count for every door. */
public final class CodeTries {

    private static final String CODE = "code";
    private static final int WRONG = 10;
    private static final Duration IN = Duration.ofMinutes(30);

    private CodeTries() {
    }

    /** Taken before the code is looked at, given back when it was right: only wrong ones count, however many come at the same moment. */
    public static Optional<Refusal> begin(Throttle throttle, HttpServletRequest request) {
        return throttle.tryTake(CODE, ClientAddress.of(request), WRONG, IN) ? Optional.empty()
                : Optional.of(Refusal.of("follow-wait", WRONG, IN.toMinutes() / WRONG));
    }

    public static void wasRight(Throttle throttle, HttpServletRequest request) {
        throttle.giveBack(CODE, ClientAddress.of(request), WRONG, IN);
    }
}
