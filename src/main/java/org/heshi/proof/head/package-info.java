/** Heads of the tree: signed every hour, kept, published, sent to witnesses; and the key that signs them. */
@NullMarked
package org.heshi.proof.head;

import org.jspecify.annotations.NullMarked;
