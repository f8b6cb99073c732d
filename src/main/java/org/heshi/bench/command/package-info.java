/** The command that runs a measurement and keeps its figures. */
@NullMarked
package org.heshi.bench.command;

import org.jspecify.annotations.NullMarked;
