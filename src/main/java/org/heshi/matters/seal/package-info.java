/** Words of people under the key of their matter: how they are sealed, opened and, from before there were keys, brought under seal. */
@NullMarked
package org.heshi.matters.seal;

import org.jspecify.annotations.NullMarked;
