/** A new edition of the statistical divisions: its file is read, checked and taken in. */
@NullMarked
package org.heshi.divisions.edition;

import org.jspecify.annotations.NullMarked;
