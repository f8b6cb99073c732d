package org.heshi.divisions.edition;

/** Something else holds for long what must be moved. Nothing was changed; later it can be. */
final class Busy extends RuntimeException {

    private static final long serialVersionUID = 1;

    Busy(Throwable cause) {
        super("something reads or writes what must be moved for longer than " + MovingOn.PATIENCE + " (a backup, say); try again later", cause);
    }
}
