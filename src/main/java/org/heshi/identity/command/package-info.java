/** Accounts from the command line. */
@NullMarked
package org.heshi.identity.command;

import org.jspecify.annotations.NullMarked;
