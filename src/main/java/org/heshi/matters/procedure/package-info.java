/** Published procedures: what a kind of matter can go through, read from YAML, checked, versioned. */
@NullMarked
package org.heshi.matters.procedure;

import org.jspecify.annotations.NullMarked;
