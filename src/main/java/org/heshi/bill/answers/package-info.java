/** Answers without names: written by one person of the centre, released by another, taken back at once. */
@NullMarked
package org.heshi.bill.answers;

import org.jspecify.annotations.NullMarked;
