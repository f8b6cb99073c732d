/**
 * The demo county: real places of Zhuji, invented people.
 * Promises to run on the first start only, on this machine only.
 * Owns no table.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "identity", "access", "matters"})
@NullMarked
package org.heshi.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
