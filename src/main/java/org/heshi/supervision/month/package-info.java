/** The monthly scheduling list. */
@NullMarked
package org.heshi.supervision.month;

import org.jspecify.annotations.NullMarked;
