/** The page on which staff find matters by words. */
@NullMarked
package org.heshi.search.page;

import org.jspecify.annotations.NullMarked;
