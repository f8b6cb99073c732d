/** All whistles of a place. */
@NullMarked
package org.heshi.supervision.whistles;

import org.jspecify.annotations.NullMarked;
