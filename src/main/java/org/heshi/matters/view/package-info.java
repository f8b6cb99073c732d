/** What pages read of matters: always under the scope of who looks. */
@NullMarked
package org.heshi.matters.view;

import org.jspecify.annotations.NullMarked;
