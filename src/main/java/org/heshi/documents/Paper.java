package org.heshi.documents;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A paper as the register has it.
 *
 * @param kind      code of its {@link PaperKind}
 * @param number    as it is printed; empty for one that bears none
 * @param numbered  the number, when it was given here
 * @param withdrawn when it was declared void; its number stays given
 * @param replaced  since when something else stands in its place: it is kept and can be read
 * @param forgotten whether its matter was erased: what it said is gone for good
 * @param versions  the first one first, never empty
 */
public record Paper(UUID id, String kind, UUID matter, UUID unit, Optional<String> number, Optional<PaperNumber> numbered, Instant issued,
        Optional<Instant> withdrawn, Optional<Instant> replaced, boolean forgotten, List<Version> versions) {

    public Paper {
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a paper has a version");
        }
    }

    /** @param sha256 of its bytes, 64 small hexadecimal digits */
    public record Version(int version, Instant at, int pages, long size, String sha256, boolean sealed) {
    }

    /** The one that holds. */
    public Version newest() {
        return versions.getLast();
    }
}
