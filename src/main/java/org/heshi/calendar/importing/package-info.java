/** A notice from a form, a file or the command line: read, checked, shown, and taken in only when somebody says so. */
@NullMarked
package org.heshi.calendar.importing;

import org.jspecify.annotations.NullMarked;
