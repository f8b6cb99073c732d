/** What the log says that supervision needs: papers, rulings, returns and what was over, one row each. */
@NullMarked
package org.heshi.supervision.register;

import org.jspecify.annotations.NullMarked;
