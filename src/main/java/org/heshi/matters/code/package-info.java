/** The resident's code: made, kept as an HMAC, checked, throttled by address. */
@NullMarked
package org.heshi.matters.code;

import org.jspecify.annotations.NullMarked;
