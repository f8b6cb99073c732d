package org.heshi.identity.signin;

/** Where a sign-in leads. */
final class Destination {

    private static final String HOME = "/queue";

    private Destination() {
    }

    /** The page that was asked for if it is one of ours; an address that could lead to another host leads to the queue instead. */
    static String local(String to) {
        boolean ours = to.length() <= 2000 && to.startsWith("/") && !to.startsWith("//") && !to.startsWith("/sign-")
                && to.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\' && c != '{' && c != '}');
        return ours ? to : HOME;
    }
}
