/** The page of one matter for staff, and what they do there. */
@NullMarked
package org.heshi.matters.matter;

import org.jspecify.annotations.NullMarked;
