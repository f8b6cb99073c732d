/**
 * The matter, its published procedure, its log of entries and who holds it.
 * Promises that every change is one entry, made through one door, and that no entry is ever changed.
 * Owns the schema matters.
 */
@ApplicationModule(allowedDependencies = {"kernel", "calendar", "divisions", "directory", "access", "secrets"})
@NullMarked
package org.heshi.matters;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
