package org.heshi.matters.procedure;

import java.util.List;

/** The published procedures. */
public interface Procedures {

    /** The newest version of a kind. @throws java.util.NoSuchElementException for an unknown kind */
    Procedure current(String kind);

    /** A certain version. @throws java.util.NoSuchElementException when it was never published */
    Procedure version(String kind, int version);

    /** The newest version of every kind: intake first, the others as their files say. */
    List<Procedure> all();

    boolean has(String kind);
}
