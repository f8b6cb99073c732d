/** Whole lives of matters, three ways: bare SQL, act in process, over HTTP. */
@NullMarked
package org.heshi.bench.lifecycle;

import org.jspecify.annotations.NullMarked;
