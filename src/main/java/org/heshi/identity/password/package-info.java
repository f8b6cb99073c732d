/** Setting and changing a password. */
@NullMarked
package org.heshi.identity.password;

import org.jspecify.annotations.NullMarked;
