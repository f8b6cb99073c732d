/** The register of places in PostgreSQL: codes and names in time, and what the program ships. */
@NullMarked
package org.heshi.divisions.place;

import org.jspecify.annotations.NullMarked;
