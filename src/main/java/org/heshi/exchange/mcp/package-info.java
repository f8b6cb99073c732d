/** What programs may read, offered to assistants by the Model Context Protocol; off unless the county turns it on. Nothing of the library's reactive side leaves this package. */
@NullMarked
package org.heshi.exchange.mcp;

import org.jspecify.annotations.NullMarked;
