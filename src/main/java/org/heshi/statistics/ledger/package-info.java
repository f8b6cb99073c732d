/** The ledger of a month: the matters that came in, were closed or stood open at its end, by number, as page and as files. Nobody's name is in it. */
@NullMarked
package org.heshi.statistics.ledger;

import org.jspecify.annotations.NullMarked;
