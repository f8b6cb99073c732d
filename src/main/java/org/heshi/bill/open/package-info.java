/** The bill as data: files with a schema at addresses that stay, and feeds. */
@NullMarked
package org.heshi.bill.open;

import org.jspecify.annotations.NullMarked;
