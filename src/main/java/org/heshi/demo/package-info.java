/**
 * The demo county: real places of Zhuji, invented people.
 * Promises to fill a county on the first start only, on this machine only, and to show what would be sent only where nothing is set that sends.
 * Owns no table.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "identity", "access", "matters", "notices", "mediation", "statistics", "bill", "exchange"})
@NullMarked
package org.heshi.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
