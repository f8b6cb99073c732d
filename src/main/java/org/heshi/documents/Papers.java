package org.heshi.documents;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Refusal;

/**
 * Papers of matters. Who acts is {@link org.heshi.access.Acting#current()}: staff issue papers of their own unit in matters that they see, and everybody
 * finds those that are meant for them. What writes is part of the caller's transaction when there is one: a number is given with the act or not at all.
 */
public interface Papers {

    /**
     * What stands in the way of printing this, before anything is done: characters that no font has, each field with its code points. Fields are named as
     * {@code parties[1].name}.
     */
    List<Refusal> refusals(Record content);

    /** How it would look, marked as a preview on every page, without number and seal; nothing is kept. */
    Rendered preview(Draft draft);

    /** Renders, numbers, seals and keeps a paper. */
    Answer issue(Draft draft);

    /**
     * Puts another version in the place of the newest one, under the same number; earlier ones are kept, and who checks one is told that it was replaced.
     *
     * @param version the newest one that the person saw
     */
    Answer revise(UUID paper, int version, Record content);

    /**
     * Declares a paper void: it is kept, its number stays given, and who checks it is told.
     *
     * @return false when it was void before, or is none that who acts may withdraw
     */
    boolean withdraw(UUID paper);

    /**
     * Another paper, or something that is no paper, stands in its place from now on: it is kept and can be read, and who checks it is told.
     *
     * @return false when that was so before, or it is none that who acts may change
     */
    boolean replaced(UUID paper);

    /**
     * A number for a case whose papers follow; to be printed by {@link Numbering.Same}.
     *
     * @param series what is counted, as {@code 人调}: the word before the number is the unit's own short name and this, unless another one was set
     */
    PaperNumber number(UUID matter, UUID unit, String series);

    /** Numbers that this matter has, the first one first. */
    List<PaperNumber> numbers(UUID matter);

    Optional<Paper> find(UUID paper);

    /** Those of a matter that are meant for who asks, the first one first. */
    List<Paper> of(UUID matter);

    /** What was issued, byte for byte; empty when it is not there for who asks, or its matter was erased. */
    Optional<byte[]> bytes(UUID paper, int version);

    /**
     * The newest version once more, each page marked as a copy that was printed again, how often and on which day; sealed anew where the paper is.
     * The register knows it. Empty when there is nothing to be printed for who asks.
     */
    Optional<byte[]> reprint(UUID paper);

    /**
     * @param kind     code of its {@link PaperKind}
     * @param unit     that issues and seals it
     * @param audience whose it is to read, in the words of a procedure: {@code staff}, {@code lead}, {@code parties}, {@code party:2}, {@code reporter}
     * @param content  of the class of its kind
     */
    record Draft(String kind, UUID matter, UUID unit, Numbering numbering, Set<String> audience, Record content) {

        public Draft {
            audience = Set.copyOf(audience);
            if (audience.isEmpty()) {
                throw new IllegalArgumentException("a paper is meant for somebody");
            }
            Objects.requireNonNull(content, "content");
        }
    }

    /** Which number a paper bears. */
    sealed interface Numbering {

        /** The next one of its own. */
        record Fresh(String series) implements Numbering {

            public Fresh {
                if (series.isBlank() || series.length() > 20) {
                    throw new IllegalArgumentException("not a series: " + series);
                }
            }
        }

        /** One that the case was given. */
        record Same(PaperNumber number) implements Numbering {
        }

        /** One that was given elsewhere, such as by the act itself. */
        record Given(String shown) implements Numbering {
        }

        record None() implements Numbering {
        }
    }

    sealed interface Answer {

        record Done(Paper paper) implements Answer {
        }

        /** Nothing was done; every reason at once. */
        record Refused(List<Refusal> refusals) implements Answer {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    sealed interface Rendered {

        record Done(byte[] pdf, int pages) implements Rendered {
        }

        record Refused(List<Refusal> refusals) implements Rendered {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }
}
