@NullMarked
package org.heshi.privacy.rights;

import org.jspecify.annotations.NullMarked;
