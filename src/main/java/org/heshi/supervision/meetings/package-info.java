/** Minutes of joint meetings and the tasks that came out of them. */
@NullMarked
package org.heshi.supervision.meetings;

import org.jspecify.annotations.NullMarked;
