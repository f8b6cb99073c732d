/** What a mediator has to do today. */
@NullMarked
package org.heshi.mediation.mine;

import org.jspecify.annotations.NullMarked;
