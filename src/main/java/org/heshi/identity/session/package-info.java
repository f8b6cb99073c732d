/** Visits kept in PostgreSQL, so that every process knows them and a restart loses none. */
@NullMarked
package org.heshi.identity.session;

import org.jspecify.annotations.NullMarked;
