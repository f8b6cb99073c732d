package org.heshi.proof;

import java.util.Optional;

/** Heads and proofs for other parts of the program. */
public interface Proofs {

    /** Signs the tree as it stands, unless that was done in this hour already or it holds nothing. @return whether it was done now */
    boolean sign();

    /** The text that proves the entry at that position of the log, counted from 1; empty while no head covers it. */
    Optional<String> proof(long position);
}
