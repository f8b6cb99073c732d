/** The key that encrypts keys: a file, or another keeper of keys by the same interface. */
@NullMarked
package org.heshi.secrets.key;

import org.jspecify.annotations.NullMarked;
