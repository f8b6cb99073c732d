/** Units, posts with people and rules out of a spreadsheet: read, checked, shown, and entered only when an administrator says so. */
@NullMarked
package org.heshi.directory.importing;

import org.jspecify.annotations.NullMarked;
