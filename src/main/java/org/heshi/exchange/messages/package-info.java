/** Residents' messages from elsewhere, through the action import. */
@NullMarked
package org.heshi.exchange.messages;

import org.jspecify.annotations.NullMarked;
