/**
 * Measures the program against bare SQL and against itself at other sizes, on a database that is there for nothing else.
 * Promises that what it compares writes the same rows, bytes and commits.
 * Owns no table.
 */
@ApplicationModule(allowedDependencies = {"kernel", "boot :: database", "divisions", "directory", "identity", "access", "matters", "matters :: generate", "proof", "documents", "mediation :: course", "statistics"})
@NullMarked
package org.heshi.bench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
