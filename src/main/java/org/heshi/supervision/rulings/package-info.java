/** All rulings of a place, and keeping one as a rule of dispatch. */
@NullMarked
package org.heshi.supervision.rulings;

import org.jspecify.annotations.NullMarked;
