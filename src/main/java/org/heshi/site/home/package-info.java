/** The first page of the hall and its short help. */
@NullMarked
package org.heshi.site.home;

import org.jspecify.annotations.NullMarked;
