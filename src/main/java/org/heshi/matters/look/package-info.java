/** Who looked: for the reporter, which offices; for an official, questions about looking that was out of the usual; for auditors, those and what was said. */
@NullMarked
package org.heshi.matters.look;

import org.jspecify.annotations.NullMarked;
