/** What the import and the search of places cost. */
@NullMarked
package org.heshi.divisions.bench;

import org.jspecify.annotations.NullMarked;
