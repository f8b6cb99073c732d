/** One-time codes on their way to residents: by SMS through a provider's HTTP interface, or by e-mail. */
@NullMarked
package org.heshi.notices.code;

import org.jspecify.annotations.NullMarked;
