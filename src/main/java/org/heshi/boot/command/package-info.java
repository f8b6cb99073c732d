/** The command line, and what happens when the program starts, is ready or refuses to start. */
@NullMarked
package org.heshi.boot.command;

import org.jspecify.annotations.NullMarked;
