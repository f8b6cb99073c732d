/** Papers, their numbers, versions and copies, and where their bytes are kept. */
@NullMarked
package org.heshi.documents.register;

import org.jspecify.annotations.NullMarked;
