/** What may be printed of tables of counts without telling of few. Pure. */
@NullMarked
package org.heshi.bill.suppression;

import org.jspecify.annotations.NullMarked;
