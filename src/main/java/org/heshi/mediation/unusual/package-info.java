/** Agreements that look alike, were signed within seconds, or came in bulk: shown to supervisors, judged by nobody but them. */
@NullMarked
package org.heshi.mediation.unusual;

import org.jspecify.annotations.NullMarked;
