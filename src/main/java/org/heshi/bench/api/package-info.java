/** Reports by the interface for programs and by the page, under the same load. */
@NullMarked
package org.heshi.bench.api;

import org.jspecify.annotations.NullMarked;
