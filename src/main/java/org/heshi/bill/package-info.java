/**
 * The public bill: what came in, what was solved, how long it took and what people said of it, by town and category; answers without names; open data and feeds.
 * Promises that no number in it tells of few, that whatever was released stays as it was, and that nothing is public before a person released it.
 * Owns the schema bill.
 */
@ApplicationModule(allowedDependencies = {"kernel", "calendar", "divisions", "directory", "access", "matters", "statistics"})
@NullMarked
package org.heshi.bill;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
