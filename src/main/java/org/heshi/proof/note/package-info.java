/** Texts with signatures that anybody can check: the signed note of C2SP, heads of the tree, receipts. */
@NullMarked
package org.heshi.proof.note;

import org.jspecify.annotations.NullMarked;
