/** Where notices that were taken in are kept, and the calendar of the running program. */
@NullMarked
package org.heshi.calendar.register;

import org.jspecify.annotations.NullMarked;
