/** What is done with seals and words from the command line. */
@NullMarked
package org.heshi.documents.command;

import org.jspecify.annotations.NullMarked;
