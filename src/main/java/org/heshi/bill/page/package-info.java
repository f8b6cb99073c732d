/** The bill's pages, for everybody; and the desk from which an edition is released. */
@NullMarked
package org.heshi.bill.page;

import org.jspecify.annotations.NullMarked;
