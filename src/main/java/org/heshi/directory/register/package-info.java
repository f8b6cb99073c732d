/** The directory as tables: look-ups and entries. */
@NullMarked
package org.heshi.directory.register;

import org.jspecify.annotations.NullMarked;
