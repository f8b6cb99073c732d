/** Other programs: who may ask for tokens, their secrets, the tokens, and the page where administrators say so. */
@NullMarked
package org.heshi.identity.client;

import org.jspecify.annotations.NullMarked;
