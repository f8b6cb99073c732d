/** Who watches over which place, and the way in. */
@NullMarked
package org.heshi.supervision.watch;

import org.jspecify.annotations.NullMarked;
