/** Outlines of places: read from a file, checked, drawn coarser, kept. */
@NullMarked
package org.heshi.divisions.outline;

import org.jspecify.annotations.NullMarked;
