package org.heshi.divisions.outline;

/** Why a file of outlines was not taken in, in a sentence for whoever brought it. */
final class BadOutlines extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadOutlines(String why) {
        super(why);
    }
}
