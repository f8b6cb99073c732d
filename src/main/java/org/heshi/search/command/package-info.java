/** What is done with the index from the command line. */
@NullMarked
package org.heshi.search.command;

import org.jspecify.annotations.NullMarked;
