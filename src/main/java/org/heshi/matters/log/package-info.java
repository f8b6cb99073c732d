/** Entries, digests, commitments, the sequencer and those who follow. */
@NullMarked
package org.heshi.matters.log;

import org.jspecify.annotations.NullMarked;
