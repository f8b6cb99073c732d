/** Where files lie, who named them, and when the unnamed are thrown away. */
@NullMarked
package org.heshi.attachments.store;

import org.jspecify.annotations.NullMarked;
