/** What other programs find, count and look up under {@code /api/v1}, and the description of all that stands there. */
@NullMarked
package org.heshi.exchange.api;

import org.jspecify.annotations.NullMarked;
