/** Figures counted anew. */
@NullMarked
package org.heshi.bench.figures;

import org.jspecify.annotations.NullMarked;
