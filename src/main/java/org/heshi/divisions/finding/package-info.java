/** How a person finds a place by typing. */
@NullMarked
package org.heshi.divisions.finding;

import org.jspecify.annotations.NullMarked;
