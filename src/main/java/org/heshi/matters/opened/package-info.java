/** Opening a matter for a given reason: the form, the matter as it is read then, what auditors say of it. */
@NullMarked
package org.heshi.matters.opened;

import org.jspecify.annotations.NullMarked;
