/**
 * Starts the house: the embedded PostgreSQL, its roles, the migrations of every room, the command line.
 * Promises that no second process works on the same data and that a killed one leaves nothing that the next start cannot mend.
 * Owns the schema boot.
 */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package org.heshi.boot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
