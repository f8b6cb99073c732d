/** The dashboard of a place or unit: pictures with their tables, the lists behind the numbers, and both taken out as files. */
@NullMarked
package org.heshi.statistics.board;

import org.jspecify.annotations.NullMarked;
