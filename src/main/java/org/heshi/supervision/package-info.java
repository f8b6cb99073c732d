/**
 * Watches over limits, returns, whistles and answers: boards, registers of papers and rulings, meetings, monthly lists and rates.
 * Promises that nobody counts or reads here what they may not see in the matter itself, and that no figure has a person as its key.
 * Owns the schema supervision.
 */
@ApplicationModule(allowedDependencies = {"kernel", "calendar", "divisions", "directory", "access", "matters", "documents", "statistics"})
@NullMarked
package org.heshi.supervision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
