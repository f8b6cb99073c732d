/** What may be set from outside, checked before anything starts. */
@NullMarked
package org.heshi.boot.settings;

import org.jspecify.annotations.NullMarked;
