/** All papers of a matter in one file. */
@NullMarked
package org.heshi.documents.casefile;

import org.jspecify.annotations.NullMarked;
