/** Spreadsheets that calculate nothing. */
@NullMarked
package org.heshi.mediation.sheet;

import org.jspecify.annotations.NullMarked;
