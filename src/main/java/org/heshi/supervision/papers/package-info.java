/** Formal papers: each as it was issued, and the register of them. */
@NullMarked
package org.heshi.supervision.papers;

import org.jspecify.annotations.NullMarked;
