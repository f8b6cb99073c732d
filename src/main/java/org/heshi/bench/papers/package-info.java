/** Papers and case files. */
@NullMarked
package org.heshi.bench.papers;

import org.jspecify.annotations.NullMarked;
