/** What every page knows: the reader's language, name, menu and form token. */
@NullMarked
package org.heshi.site.frame;

import org.jspecify.annotations.NullMarked;
