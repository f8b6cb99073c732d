/** The store of wrapped keys: one file of SQLite beside the database, and its copy. */
@NullMarked
package org.heshi.secrets.store;

import org.jspecify.annotations.NullMarked;
