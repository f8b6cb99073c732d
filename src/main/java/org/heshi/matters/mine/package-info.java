/** A resident's account: the matters that they put together themselves, behind a one-time code to their telephone or mailbox. */
@NullMarked
package org.heshi.matters.mine;

import org.jspecify.annotations.NullMarked;
