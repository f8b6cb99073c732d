/** The one door: an action checked, written and chained. */
@NullMarked
package org.heshi.matters.act;

import org.jspecify.annotations.NullMarked;
