/** Setting a unit a task: out of a meeting, or by a reminder letter. */
@NullMarked
package org.heshi.supervision.task;

import org.jspecify.annotations.NullMarked;
