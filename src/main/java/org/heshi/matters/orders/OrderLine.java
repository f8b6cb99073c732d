package org.heshi.matters.orders;

import org.heshi.matters.queue.Line;

/**
 * @param number   the hotline's own
 * @param answered whether there is an answer to hand back
 */
public record OrderLine(String number, Line line, boolean answered) {
}
