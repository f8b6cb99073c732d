package org.heshi.mediation.papers;

import java.time.LocalDate;
import java.util.Optional;
import org.heshi.kernel.Yuan;

/**
 * One thing that somebody has to do for somebody.
 *
 * @param who    has to do it
 * @param to     for whom; may be empty
 * @param what   in words
 * @param amount a sum, printed in figures and in capitals
 * @param by     last day
 * @param how    manner and place; may be empty
 */
public record PaperTerm(String who, String to, String what, Optional<Yuan> amount, Optional<LocalDate> by, String how) {
}
