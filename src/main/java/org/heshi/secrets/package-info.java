/**
 * Keys of what people told, each in one row of a store outside the database, and the sealing of words and files under them.
 * Promises that what was sealed under a key that was destroyed can be opened by nobody, whatever backup of the database it stands in.
 * Owns the key store and the key that encrypts its keys.
 */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package org.heshi.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
