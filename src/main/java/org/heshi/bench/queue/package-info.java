/** Pages and look-ups at ten thousand and at a million matters. */
@NullMarked
package org.heshi.bench.queue;

import org.jspecify.annotations.NullMarked;
