/** Editions of the bill: made of finished months, released by a person, never changed. */
@NullMarked
package org.heshi.bill.edition;

import org.jspecify.annotations.NullMarked;
