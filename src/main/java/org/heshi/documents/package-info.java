/**
 * Papers: rendered, numbered, sealed, kept, checked by anybody who holds one, and bound to a case file.
 * Promises that a number is given once and without a gap, that nothing is printed that no font has, and that what was issued is kept byte for byte.
 * Owns the schema documents, the fonts, and the seals of units.
 */
@ApplicationModule(allowedDependencies = {"kernel", "calendar", "divisions", "directory", "access", "matters", "attachments", "secrets"})
@NullMarked
package org.heshi.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
