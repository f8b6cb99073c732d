/** Matters out of a spreadsheet: read row by row whatever its size, checked without writing anything, and given back with what is wrong beside each row. */
@NullMarked
package org.heshi.exchange.sheet;

import org.jspecify.annotations.NullMarked;
