/** What people see when something cannot be done, and nothing more. */
@NullMarked
package org.heshi.site.failure;

import org.jspecify.annotations.NullMarked;
