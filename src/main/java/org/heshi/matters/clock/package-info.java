/** The limits that a matter runs under: what each action does to them, and who is told when one is nearly over or over. */
@NullMarked
package org.heshi.matters.clock;

import org.jspecify.annotations.NullMarked;
