/** Units as the administrator keeps them. */
@NullMarked
package org.heshi.directory.units;

import org.jspecify.annotations.NullMarked;
