/** How a resident reports a trouble: three steps, a receipt. */
@NullMarked
package org.heshi.matters.report;

import org.jspecify.annotations.NullMarked;
