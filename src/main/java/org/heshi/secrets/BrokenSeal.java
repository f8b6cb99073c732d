package org.heshi.secrets;

/** What was sealed was changed, or put where it does not belong. */
public final class BrokenSeal extends RuntimeException {

    public BrokenSeal(String what, Throwable why) {
        super(what, why);
    }
}
