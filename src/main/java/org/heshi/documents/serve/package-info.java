/** Hands papers and case files to those whom they are meant for. */
@NullMarked
package org.heshi.documents.serve;

import org.jspecify.annotations.NullMarked;
