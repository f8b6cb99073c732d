/** Whether the program is ready, for whoever watches it. */
@NullMarked
package org.heshi.site.health;

import org.jspecify.annotations.NullMarked;
