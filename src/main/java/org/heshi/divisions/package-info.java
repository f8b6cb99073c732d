/**
 * Province to micro-grid: the places, their codes in time, and how a person finds one by typing.
 * Promises that a code means one place at one time.
 * Owns the schema divisions.
 */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package org.heshi.divisions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
