/** The Merkle tree over the log, hash by hash (RFC 6962), kept in tiles. */
@NullMarked
package org.heshi.proof.tree;

import org.jspecify.annotations.NullMarked;
