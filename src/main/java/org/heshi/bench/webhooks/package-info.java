/** How many events a second another system is told of, and how soon after they happened. */
@NullMarked
package org.heshi.bench.webhooks;

import org.jspecify.annotations.NullMarked;
