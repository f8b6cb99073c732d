/** Many matters at once for benches, as the importer would have written them. */
@NamedInterface("generate")
@NullMarked
package org.heshi.matters.generate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
