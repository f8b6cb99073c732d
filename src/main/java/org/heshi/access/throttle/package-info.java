/** Counting of tries in PostgreSQL, without keeping whose they were. */
@NullMarked
package org.heshi.access.throttle;

import org.jspecify.annotations.NullMarked;
