/** Asks ClamAV whether an upload is known to be malicious, where there is one to ask. */
@NullMarked
package org.heshi.attachments.scan;

import org.jspecify.annotations.NullMarked;
