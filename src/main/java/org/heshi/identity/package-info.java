/**
 * Sign-in of staff: passwords, lockout with backoff, the first administrator.
 * Promises never to tell a known name from an unknown one.
 * Owns the schema identity.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "access"})
@NullMarked
package org.heshi.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
