/** The PostgreSQL that the program works on: embedded or given, its roles, its migrations, its pools. */
@NullMarked
package org.heshi.boot.database;

import org.jspecify.annotations.NullMarked;
