/** Typical cases without names, published only while every party consents. */
@NullMarked
package org.heshi.mediation.stories;

import org.jspecify.annotations.NullMarked;
