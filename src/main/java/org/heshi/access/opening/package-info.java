/** Matters that were opened for a given reason by who has no part in them. */
@NullMarked
package org.heshi.access.opening;

import org.jspecify.annotations.NullMarked;
