/** What a flood of wrong sign-ins costs those who work. */
@NullMarked
package org.heshi.bench.signin;

import org.jspecify.annotations.NullMarked;
