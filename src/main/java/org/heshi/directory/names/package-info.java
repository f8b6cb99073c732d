/** How names are found by typing. */
@NullMarked
package org.heshi.directory.names;

import org.jspecify.annotations.NullMarked;
