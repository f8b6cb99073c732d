/** Committees, studios and their mediators: who is good at what, how much they take on, and who is suggested for a case. */
@NullMarked
package org.heshi.mediation.roster;

import org.jspecify.annotations.NullMarked;
