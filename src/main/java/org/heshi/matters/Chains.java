package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * Whole matters, as one node hands them to another and as the proof reads them. For the program's own tools only: who acts must be a machine.
 */
public interface Chains {

    /**
     * @param division only matters of this place and below; empty: all
     * @param since    only those recorded at or after this
     */
    record Selection(String division, Optional<Instant> since) {
    }

    /** How many there are, for progress. */
    long count(Selection selection);

    /** Ids after this one in their order, at most {@code limit}: the cost of a call does not grow with the table. */
    List<UUID> ids(Selection selection, Optional<UUID> after, int limit);

    /**
     * One line of JSON for each matter, in the order of the ids: the row, every entry with its digests, parties, holdings, and the particulars
     * with their salts; what was erased stays erased. Nothing about idempotency.
     */
    void write(List<UUID> matters, Consumer<String> line);

    /** The files that a line names and that were not erased; their bytes travel beside it. Empty for what is no such line. */
    List<Matters.Evidence> files(String line);

    /** Takes a matter that another node wrote, in one transaction: only an unknown number, only a known procedure, only a chain that verifies. */
    Admission admit(String line);

    /**
     * Checks chains and gives every wrong thing as it is found; the dense order of the log too when all matters are checked.
     *
     * @param only     the one matter to check; empty: all
     * @param progress is told how many more matters were checked
     * @return how many matters were checked
     */
    long verify(Optional<MatterNumber> only, Consumer<Wrong> wrong, LongConsumer progress);

    sealed interface Admission {
        record Done(UUID matter, MatterNumber number) implements Admission {
        }

        /** It is here already, entry for entry the same. */
        record Known(MatterNumber number) implements Admission {
        }

        record Refused(Optional<String> number, List<Refusal> refusals) implements Admission {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    /**
     * Something that does not verify.
     *
     * @param number of the matter; empty when it concerns the order of the log
     * @param seq    the entry; 0 when it concerns the matter as a whole
     * @param what   a stable code
     * @param detail what was found, for a technician
     */
    record Wrong(Optional<MatterNumber> number, int seq, String what, String detail) {
    }
}
