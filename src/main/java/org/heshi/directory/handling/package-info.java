/** Which unit handles what, and who receives complaints, as the administrator keeps it. */
@NullMarked
package org.heshi.directory.handling;

import org.jspecify.annotations.NullMarked;
