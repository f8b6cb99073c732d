/** Whether a file that somebody holds is a paper of this house, unchanged. */
@NullMarked
package org.heshi.documents.check;

import org.jspecify.annotations.NullMarked;
