@NullMarked
package org.heshi.privacy.incidents;

import org.jspecify.annotations.NullMarked;
