package org.heshi.matters.procedure;

import java.util.List;

/** The published procedures. */
public interface Procedures {

    /**
     * The newest version of a kind, also of one whose file is gone, since matters may still run under it.
     *
     * @throws java.util.NoSuchElementException for an unknown kind
     */
    Procedure current(String kind);

    /** A certain version. @throws java.util.NoSuchElementException when it was never published */
    Procedure version(String kind, int version);

    /** The newest version of every kind that has a file now: intake first, the others as their files say. */
    List<Procedure> all();

    /** Whether the kind has a file now, so that matters can be sorted into it. */
    boolean has(String kind);
}
