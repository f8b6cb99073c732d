/** Lists that are taken out as files. */
@NullMarked
package org.heshi.mediation.sheet;

import org.jspecify.annotations.NullMarked;
