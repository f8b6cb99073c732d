/** What pages of every room may ask for in their methods' parameters. */
@NullMarked
package org.heshi.access.page;

import org.jspecify.annotations.NullMarked;
