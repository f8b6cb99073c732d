/** A prefecture's year, played through the one door. Time is moved here, which only test code may (decision 13). */
@NullMarked
package org.heshi.bench.year;

import org.jspecify.annotations.NullMarked;
