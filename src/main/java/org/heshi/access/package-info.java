/**
 * Who may see and do what, and the record of who looked.
 * Promises that a transaction sees only what its actor may see, whatever its SQL forgot.
 * Owns the schema access.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory"})
@NullMarked
package org.heshi.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
