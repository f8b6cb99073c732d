/** What rooms offer to choose from. */
@NullMarked
package org.heshi.matters.pick;

import org.jspecify.annotations.NullMarked;
