/**
 * Follows the log and tells people: inside the program and by e-mail.
 * Promises that a barred unit is never told and that nobody is told twice.
 * Owns the schema notices.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "access", "matters"})
@NullMarked
package org.heshi.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
