/**
 * Ids, refusals, pages, words in two languages: what every room may use.
 * Promises to know no framework and no table.
 * Owns nothing.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.heshi.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
