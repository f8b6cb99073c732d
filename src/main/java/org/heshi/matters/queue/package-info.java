/** What waits for a unit and what it had a hand in; signing for many at once. */
@NullMarked
package org.heshi.matters.queue;

import org.jspecify.annotations.NullMarked;
