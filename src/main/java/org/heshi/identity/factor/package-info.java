/** The second factor: one-time codes of an authenticator, recovery codes, and who must have one. */
@NullMarked
package org.heshi.identity.factor;

import org.jspecify.annotations.NullMarked;
