/** The messages of all rooms in both languages. */
@NullMarked
package org.heshi.site.words;

import org.jspecify.annotations.NullMarked;
