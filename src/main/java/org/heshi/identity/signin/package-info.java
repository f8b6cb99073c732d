/** Sign-in of staff. */
@NullMarked
package org.heshi.identity.signin;

import org.jspecify.annotations.NullMarked;
