/** Signing on one's own telephone: links bound to one party and one text, the page that shows it, the signature by hand. */
@NullMarked
package org.heshi.mediation.sign;

import org.jspecify.annotations.NullMarked;
