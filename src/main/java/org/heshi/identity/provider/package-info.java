/** Sign-in at the county's own provider (OpenID Connect): asking it, checking its tokens, and which subject is whose account. */
@NullMarked
package org.heshi.identity.provider;

import org.jspecify.annotations.NullMarked;
