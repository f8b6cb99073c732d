package org.heshi.matters;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The proof of the log as a whole, beside that of each chain: its tree, the signed heads, and what people outside keep of them. The proof room implements it. */
public interface TreeProof {

    /** How many entries there are, for progress. */
    long count();

    /**
     * Checks that the tree is the one over the log, that every head was signed by a key of the log and fits the log, and that what was kept elsewhere does, too.
     *
     * @param kept     texts with heads and receipts that witnesses and residents kept; anything else in them is passed over
     * @param trusted  keys, name+id+key, that the heads and receipts in {@code kept} must be signed by; empty: those of this log
     * @param wrong    is told every wrong thing as it is found
     * @param progress is told how many more entries were checked
     */
    Looked verify(List<String> kept, List<String> trusted, Consumer<Chains.Wrong> wrong, LongConsumer progress);

    /** What was looked at. */
    record Looked(long entries, long heads, long keptHeads, long keptReceipts) {
    }
}
