/** The roster of mediators and a mediator's own page, at the size of a town's and of a province's. */
@NullMarked
package org.heshi.bench.mediators;

import org.jspecify.annotations.NullMarked;
