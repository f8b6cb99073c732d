/** The watch over limits at ten thousand and at a million that run, and the count of a million after a notice. */
@NullMarked
package org.heshi.bench.limits;

import org.jspecify.annotations.NullMarked;
