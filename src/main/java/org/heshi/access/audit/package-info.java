/** What an auditor outside wants to know, sent by syslog: every record at least once, in the order of each trail. */
@NullMarked
package org.heshi.access.audit;

import org.jspecify.annotations.NullMarked;
