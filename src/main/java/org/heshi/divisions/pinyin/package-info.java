/** How Chinese place names are read. */
@NullMarked
package org.heshi.divisions.pinyin;

import org.jspecify.annotations.NullMarked;
