/** Keys and certificates of units, and the signature of a paper (PAdES). */
@NullMarked
package org.heshi.documents.seal;

import org.jspecify.annotations.NullMarked;
