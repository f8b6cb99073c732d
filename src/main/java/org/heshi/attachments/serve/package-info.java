/** Files and their small pictures for those who may read the entry that names them. */
@NullMarked
package org.heshi.attachments.serve;

import org.jspecify.annotations.NullMarked;
