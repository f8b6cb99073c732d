/** Tables of words as people and offices write them: read with all their faults named, written safe for spreadsheets. */
@NullMarked
package org.heshi.exchange.csv;

import org.jspecify.annotations.NullMarked;
