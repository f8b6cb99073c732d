/** What residents take home, and its check. */
@NullMarked
package org.heshi.proof.receipt;

import org.jspecify.annotations.NullMarked;
