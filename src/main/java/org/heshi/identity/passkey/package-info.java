/** Passkeys (WebAuthn): registering, listing, removing and checking them. */
@NullMarked
package org.heshi.identity.passkey;

import org.jspecify.annotations.NullMarked;
