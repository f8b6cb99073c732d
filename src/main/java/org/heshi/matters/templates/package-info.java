/** Ready words for answers, which administrators keep and handlers choose. */
@NullMarked
package org.heshi.matters.templates;

import org.jspecify.annotations.NullMarked;
