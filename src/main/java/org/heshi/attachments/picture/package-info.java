/** What an upload really is, and a clean picture drawn from it. */
@NullMarked
package org.heshi.attachments.picture;

import org.jspecify.annotations.NullMarked;
