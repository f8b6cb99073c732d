/** Notices, the days they name, and counting in them; no database. */
@NullMarked
package org.heshi.calendar.days;

import org.jspecify.annotations.NullMarked;
