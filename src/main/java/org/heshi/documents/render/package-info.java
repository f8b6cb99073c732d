/** How a paper comes out of a template and a record: fonts, layout, marks. */
@NullMarked
package org.heshi.documents.render;

import org.jspecify.annotations.NullMarked;
