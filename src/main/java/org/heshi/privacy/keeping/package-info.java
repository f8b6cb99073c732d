@NullMarked
package org.heshi.privacy.keeping;

import org.jspecify.annotations.NullMarked;
