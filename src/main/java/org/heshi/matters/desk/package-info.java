/** Registering at the window. */
@NullMarked
package org.heshi.matters.desk;

import org.jspecify.annotations.NullMarked;
