/** Behind a proxy that speaks TLS for us. */
@NullMarked
package org.heshi.boot.proxy;

import org.jspecify.annotations.NullMarked;
