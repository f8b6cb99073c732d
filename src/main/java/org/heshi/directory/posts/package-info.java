/** Posts, who holds them, leave and stand-ins, as the administrator keeps them. */
@NullMarked
package org.heshi.directory.posts;

import org.jspecify.annotations.NullMarked;
