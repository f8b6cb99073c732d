/** What staff see and do about their own account: visits, second factor, what was done with it. */
@NullMarked
package org.heshi.identity.mine;

import org.jspecify.annotations.NullMarked;
