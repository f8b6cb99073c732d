/** One page from which a mediator works a dispute. */
@NullMarked
package org.heshi.mediation.workspace;

import org.jspecify.annotations.NullMarked;
