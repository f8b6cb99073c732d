/**
 * Layout, navigation, error pages and the security chain of the whole program.
 * Promises that no page leaks what went wrong inside.
 * Owns no table.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "identity", "access"})
@NullMarked
package org.heshi.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
