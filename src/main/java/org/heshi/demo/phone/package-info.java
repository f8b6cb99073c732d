/** The telephone and the mailbox of everybody in the demo county: a page that shows what would be sent. */
@NullMarked
package org.heshi.demo.phone;

import org.jspecify.annotations.NullMarked;
