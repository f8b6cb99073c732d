/** Mails that wait, and the part that sends them. */
@NullMarked
package org.heshi.notices.mail;

import org.jspecify.annotations.NullMarked;
