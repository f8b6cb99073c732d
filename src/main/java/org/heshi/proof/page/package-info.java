/** The public page of the record, and the proof of a matter for whoever reported it. */
@NullMarked
package org.heshi.proof.page;

import org.jspecify.annotations.NullMarked;
