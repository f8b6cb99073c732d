/** The centre's monthly bulletin: the month's figures in words and tables with what the supervisor has to say; released by a person, then kept as it is. */
@NullMarked
package org.heshi.statistics.bulletin;

import org.jspecify.annotations.NullMarked;
