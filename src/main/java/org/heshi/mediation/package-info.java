/**
 * Mediation of disputes: who mediates, sittings, agreements and their performance, the court, figures.
 * Promises that nothing of a case is kept here that the log does not say, and that one side reads nothing of what the other said alone.
 * Owns the schema mediation.
 */
@ApplicationModule(allowedDependencies = {"kernel", "calendar", "divisions", "directory", "access", "matters", "documents", "attachments", "identity"})
@NullMarked
package org.heshi.mediation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
