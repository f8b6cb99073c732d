/** What is due today and this week and what is over, by unit. */
@NullMarked
package org.heshi.supervision.board;

import org.jspecify.annotations.NullMarked;
