/** How a resident follows a matter with its number and code, and what they may still do. */
@NullMarked
package org.heshi.matters.followup;

import org.jspecify.annotations.NullMarked;
