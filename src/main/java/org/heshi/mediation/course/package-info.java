/** The course of a dispute: what its acts ask beside the procedure, and what is kept of them to work with. */
@NamedInterface("course")
@NullMarked
package org.heshi.mediation.course;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
