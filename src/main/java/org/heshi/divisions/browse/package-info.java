/** The public page of the places: find one by typing, or go down from the province. */
@NullMarked
package org.heshi.divisions.browse;

import org.jspecify.annotations.NullMarked;
