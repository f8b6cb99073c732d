/** Cells of figures: what a matter counts as, how cells are packed, kept up with the log, made anew and read. */
@NullMarked
package org.heshi.statistics.cube;

import org.jspecify.annotations.NullMarked;
