/**
 * Purpose and end of personal data: the register of purposes and its notice, putting away and erasing when the time is over, rights of data subjects, breaches.
 * Promises that no field of people's words is kept without a purpose and an end, and that nobody is found here by who they are.
 * Owns the schema privacy.
 */
@ApplicationModule(allowedDependencies = {"kernel", "divisions", "directory", "access", "matters"})
@NullMarked
package org.heshi.privacy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
