/** Accounts: sign-in names, passwords and their rules. */
@NullMarked
package org.heshi.identity.account;

import org.jspecify.annotations.NullMarked;
