/** The register of looks: append-only, one row for each person, matter and hour. */
@NullMarked
package org.heshi.access.look;

import org.jspecify.annotations.NullMarked;
