/** What it costs to prove the whole log, and to prove one entry of it. */
@NullMarked
package org.heshi.bench.proof;

import org.jspecify.annotations.NullMarked;
