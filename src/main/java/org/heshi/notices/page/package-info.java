/** What a post was told, and what of it it has read. */
@NullMarked
package org.heshi.notices.page;

import org.jspecify.annotations.NullMarked;
