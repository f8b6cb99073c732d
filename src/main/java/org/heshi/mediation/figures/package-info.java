/** What is counted for the statistics of mediation. */
@NullMarked
package org.heshi.mediation.figures;

import org.jspecify.annotations.NullMarked;
