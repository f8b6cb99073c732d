package org.heshi.bill.answers;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterRows;
import org.springframework.stereotype.Component;

/** Of which matters an answer may stand where everybody reads: by how they stand now, whatever act led there. */
@Component
class Tellable {

    private final MatterLog log;
    private final MatterRows matters;

    Tellable(MatterLog log, MatterRows matters) {
        this.log = log;
        this.matters = matters;
    }

    /** Closed, of a kind that may be told, neither put away nor erased, and nobody is kept from it. */
    Set<UUID> of(Set<UUID> asked) {
        Set<UUID> gone = new HashSet<>(log.ended(asked));
        gone.addAll(log.apart(asked));
        Map<UUID, MatterLog.Now> now = log.wordless(asked);
        Set<String> kinds = matters.kinds().stream().filter(MatterRows.Kind::inPublic).map(MatterRows.Kind::code).collect(Collectors.toSet());
        return now.values().stream().filter(one -> !gone.contains(one.matter()) && one.terminal() && kinds.contains(one.kind())).map(MatterLog.Now::matter).collect(Collectors.toSet());
    }
}
