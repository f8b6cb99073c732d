/**
 * Follows the log into a Lucene index beside the database and finds matters by words.
 * Promises that a result is shown only after the database allowed it, and that the index can be thrown away.
 * Owns the index folder and the schema search.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "access", "matters"})
@NullMarked
package org.heshi.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
