/** The papers of a mediation: what each says, how it is laid out, when it is needed, and the case file of them all. */
@NullMarked
package org.heshi.mediation.papers;

import org.jspecify.annotations.NullMarked;
