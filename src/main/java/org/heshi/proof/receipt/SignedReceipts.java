package org.heshi.proof.receipt;

import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Receipts;
import org.heshi.matters.WholeLog;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.note.Note;
import org.heshi.proof.note.Receipt;
import org.heshi.proof.note.SigningKey;
import org.heshi.proof.tree.TreeFollower;
import org.springframework.stereotype.Component;

/** Promises under the key that signs now. */
@Component
class SignedReceipts implements Receipts {

    private final WholeLog log;
    private final LogKeys keys;

    SignedReceipts(WholeLog log, LogKeys keys) {
        this.log = log;
        this.keys = keys;
    }

    @Override
    public Optional<String> of(MatterNumber number, int seq) {
        return log.placed(number, seq).map(placed -> {
            SigningKey key = keys.signing();
            return Note.signed(new Receipt(key.verifier().name(), number.digits(), seq, placed.recordedAt(), TreeFollower.leaf(placed.content())).text(), key)
                    .toString();
        });
    }
}
