/** The reporter's own word on how it came out, by a link that works once. */
@NullMarked
package org.heshi.matters.say;

import org.jspecify.annotations.NullMarked;
