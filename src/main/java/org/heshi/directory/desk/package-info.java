/** What the administrator's pages share: whose ground it is, what was typed, what came of it. */
@NullMarked
package org.heshi.directory.desk;

import org.jspecify.annotations.NullMarked;
