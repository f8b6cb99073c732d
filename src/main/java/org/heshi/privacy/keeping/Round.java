package org.heshi.privacy.keeping;

import java.time.Instant;

/** A round of the retention job. @param ended whether it came to its end; else it is under way, or was killed and is done again */
public record Round(Instant beganAt, boolean ended, long looked, long putAway, long erased, long held, long failed) {
}
