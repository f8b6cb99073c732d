/** Sittings and limits of a post as a feed that its holder's own calendar reads. */
@NullMarked
package org.heshi.exchange.feed;

import org.jspecify.annotations.NullMarked;
