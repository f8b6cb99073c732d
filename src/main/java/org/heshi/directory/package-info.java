/**
 * Who there is: organisations, what each handles, posts, the people who hold them, leave and stand-ins; the category tree.
 * Promises that authority ends with the post, at once.
 * Owns the schema directory.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions"})
@NullMarked
package org.heshi.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
