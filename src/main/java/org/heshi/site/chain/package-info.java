/** Who may ask for which address, and under whose name the request runs. */
@NullMarked
package org.heshi.site.chain;

import org.jspecify.annotations.NullMarked;
