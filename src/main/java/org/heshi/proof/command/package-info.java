/** Commands that anybody who has the files may use to check. */
@NullMarked
package org.heshi.proof.command;

import org.jspecify.annotations.NullMarked;
