/** What is kept against loss: backups of the embedded database and of the files beside it, its archived log, and the way back. */
@NullMarked
package org.heshi.boot.keeping;

import org.jspecify.annotations.NullMarked;
