/** Rooms, sittings and who is taken when; what a mediator has in hand. */
@NullMarked
package org.heshi.mediation.calendar;

import org.jspecify.annotations.NullMarked;
