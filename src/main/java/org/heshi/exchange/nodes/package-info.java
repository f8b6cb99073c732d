/** Matters from one node to another, and out for people; the proof of the log. */
@NullMarked
package org.heshi.exchange.nodes;

import org.jspecify.annotations.NullMarked;
