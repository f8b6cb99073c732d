/** The category tree: look-ups, editing, its page. */
@NullMarked
package org.heshi.directory.categories;

import org.jspecify.annotations.NullMarked;
