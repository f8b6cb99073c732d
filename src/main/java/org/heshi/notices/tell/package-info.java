/** Who is told of which entry, and the follower that tells them. */
@NullMarked
package org.heshi.notices.tell;

import org.jspecify.annotations.NullMarked;
