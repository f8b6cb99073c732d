/** Who stands how to a matter, for rooms that tell other programs of it. */
@NullMarked
package org.heshi.matters.standing;

import org.jspecify.annotations.NullMarked;
