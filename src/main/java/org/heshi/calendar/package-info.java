/**
 * Working days of mainland China by the State Council's notices, and when a limit in hours, days, working days or months falls due.
 * Promises that the same start and limit give the same instant on every machine, whatever its time zone.
 * Owns the schema calendar.
 */
@ApplicationModule(allowedDependencies = {"kernel"})
@NullMarked
package org.heshi.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
