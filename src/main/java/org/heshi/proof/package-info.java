/**
 * What makes the log its own witness: a Merkle tree over all entries, heads of it signed every hour and sent out of the house, promises for residents.
 * Promises that whoever keeps a head or a receipt finds out when the history before it is changed, whoever changed it.
 * Owns the schema proof and the log's key.
 */
@ApplicationModule(allowedDependencies = {"kernel", "access", "matters"})
@NullMarked
package org.heshi.proof;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
