/** A year at a glance. */
@NullMarked
package org.heshi.calendar.year;

import org.jspecify.annotations.NullMarked;
