/** What went along when places got other codes, were merged or split, for administrators to read. */
@NullMarked
package org.heshi.divisions.trail;

import org.jspecify.annotations.NullMarked;
