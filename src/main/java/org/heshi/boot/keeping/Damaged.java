package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a backup is not what was written there. */
final class Damaged extends IOException {

    private static final long serialVersionUID = 1L;

    Damaged(Path file, String what) {
        super(file + " is damaged: " + what);
    }
}
