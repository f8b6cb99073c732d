/** What finished cases pay by the local scale, and the ledger of it. */
@NullMarked
package org.heshi.mediation.allowance;

import org.jspecify.annotations.NullMarked;
