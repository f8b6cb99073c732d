/**
 * Evidence files: what people photograph and send in.
 * Promises that what is kept is a picture and nothing else, without the place it was taken.
 * Owns the schema attachments and the folder of files.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "access", "matters", "secrets"})
@NullMarked
package org.heshi.attachments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
