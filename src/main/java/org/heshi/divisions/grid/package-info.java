/** Grids and micro-grids below the village, and the administrator's page for them. */
@NullMarked
package org.heshi.divisions.grid;

import org.jspecify.annotations.NullMarked;
