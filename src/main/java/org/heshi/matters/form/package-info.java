/** Any action of a procedure as a typed form: drawn, read, searched in, and shown again with everything that was typed. */
@NullMarked
package org.heshi.matters.form;

import org.jspecify.annotations.NullMarked;
