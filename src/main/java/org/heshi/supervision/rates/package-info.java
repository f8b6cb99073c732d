/** How often units answered in time and residents say that it is solved, with the formula beside each figure. */
@NullMarked
package org.heshi.supervision.rates;

import org.jspecify.annotations.NullMarked;
