package org.heshi.divisions.edition;

/** The file is no edition of the divisions, or not a whole one. The message names the place in the file and is for the person at the keyboard. */
public final class BadEdition extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadEdition(String message) {
        super(message);
    }
}
