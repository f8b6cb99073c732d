/** Matters for other programs: reporting, and following what was reported. JSON in and out, errors by RFC 9457. */
@NullMarked
package org.heshi.matters.api;

import org.jspecify.annotations.NullMarked;
