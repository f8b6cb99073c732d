@NullMarked
package org.heshi.privacy.register;

import org.jspecify.annotations.NullMarked;
