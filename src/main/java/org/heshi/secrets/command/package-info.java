/** The key store at the command line. */
@NullMarked
package org.heshi.secrets.command;

import org.jspecify.annotations.NullMarked;
