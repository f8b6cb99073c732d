/** Orders of the 12345 hotline that wait for their answer to be handed back. */
@NullMarked
package org.heshi.matters.orders;

import org.jspecify.annotations.NullMarked;
