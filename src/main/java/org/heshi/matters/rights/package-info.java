/** The access table as people read it, and whether it covers the procedures that are published. */
@NullMarked
package org.heshi.matters.rights;

import org.jspecify.annotations.NullMarked;
