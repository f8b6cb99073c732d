package org.heshi.matters.seal;

import java.util.UUID;

/** Brings a matter that came back with a backup from before a part of it was erased to where it was. */
public interface PartsAgain {

    /**
     * What stays opens again, what went is gone again, by an entry of its own.
     *
     * @return whether anything had come back
     */
    boolean again(UUID matter, KeptWords kept);

    /** From now on what was begun before the start goes on: each matter that had come back was tried. */
    void letTheRestGoOn();
}
