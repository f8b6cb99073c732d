package org.heshi.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Refusal;

/** Case files: cover, contents with page numbers, and all papers in their order, as one PDF with bookmarks, kept under seal with its digest. */
public interface CaseFiles {

    /** Binds and keeps it; memory does not grow with the pages. Part of the caller's transaction when there is one. */
    Answer bind(Order order);

    /** Those of a matter that are meant for who asks, the newest one first. */
    List<Bound> of(UUID matter);

    Optional<Bound> find(UUID caseFile);

    /** Writes what was bound. @return false when it is not there for who asks, or its matter was erased */
    boolean write(UUID caseFile, OutputStream out) throws IOException;

    /**
     * @param unit     whose file it is
     * @param number   that stands on the cover
     * @param audience as of a paper
     * @param items    in their order
     */
    record Order(UUID matter, UUID unit, Optional<PaperNumber> number, Set<String> audience, Cover cover, List<Item> items) {

        public Order {
            audience = Set.copyOf(audience);
            items = List.copyOf(items);
        }
    }

    /**
     * What stands on the cover of a case file of the Ministry's set.
     *
     * @param unit      the committee
     * @param title     name of the file
     * @param number    as it is printed
     * @param mediator  who mediated
     * @param from      first day of the mediation
     * @param to        its last day
     * @param filedBy   who put the file together
     * @param filedOn   when
     * @param retention how long it is kept, in words
     * @param note      may be empty
     */
    record Cover(String unit, String title, String number, String mediator, LocalDate from, LocalDate to, String filedBy, LocalDate filedOn, String retention,
            String note) {
    }

    /**
     * One entry of the contents.
     *
     * @param required the file is not bound without it
     */
    record Item(String title, boolean required, String note, List<Leaf> leaves) {

        public Item {
            leaves = List.copyOf(leaves);
        }
    }

    /** Something that is bound in. */
    sealed interface Leaf {

        /** A version of a paper of this house. */
        record Issued(UUID paper, int version) implements Leaf {
        }

        /** A PDF of this house's own making. */
        record Pdf(Source source) implements Leaf {
        }

        /** A scanned page, JPEG or PNG: one page, turned and shrunk to fit. */
        record Picture(Source source) implements Leaf {
        }
    }

    /** Bytes that are read when they are needed, once. */
    @FunctionalInterface
    interface Source {

        InputStream open() throws IOException;
    }

    sealed interface Answer {

        record Done(Bound bound) implements Answer {
        }

        /** Required papers that are missing, papers that are not there, characters that no font has. */
        record Refused(List<Refusal> refusals) implements Answer {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    /** @param sha256 of its bytes, 64 small hexadecimal digits */
    record Bound(UUID id, UUID matter, UUID unit, Instant at, int pages, long size, String sha256, boolean forgotten) {
    }
}
