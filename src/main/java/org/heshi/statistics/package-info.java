/**
 * Figures of every place, counted from the log by a follower: what came in, what was closed and how, how long it took and how it was found.
 * Promises that a figure is the same whichever way it is summed, that a rebuild gives it to the last digit, and that no figure has a person as its key.
 * Owns the schema statistics.
 */
@ApplicationModule(allowedDependencies = {"kernel", "calendar", "divisions", "directory", "access", "matters", "documents"})
@NullMarked
package org.heshi.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
