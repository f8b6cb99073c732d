/** The Lucene index beside the database: how words are cut, what a document holds, how it follows the log and heals. */
@NullMarked
package org.heshi.search.index;

import org.jspecify.annotations.NullMarked;
