/** Asking the parties whether they want mediation: invitations, their codes, and what residents are told before and after. */
@NullMarked
package org.heshi.mediation.invite;

import org.jspecify.annotations.NullMarked;
