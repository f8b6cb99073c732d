package org.heshi.statistics.targets;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A goal as it was set or changed.
 *
 * @param goal   percent or hours; empty when it was withdrawn
 * @param source paragraph of the letter of responsibility
 * @param reason why it was changed; empty of the first
 * @param post   that entered it
 */
record Goal(UUID unit, int year, GoalFigure figure, int version, Optional<BigDecimal> goal, String source, String reason, Instant at, UUID post) {
}
