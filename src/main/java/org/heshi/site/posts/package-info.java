/** In which post somebody acts. */
@NullMarked
package org.heshi.site.posts;

import org.jspecify.annotations.NullMarked;
