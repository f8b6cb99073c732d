/** The supervisor's board of a division, and the tally that it is drawn from. */
@NullMarked
package org.heshi.matters.board;

import org.jspecify.annotations.NullMarked;
