/** The PostgreSQL that the program works on: embedded or given, its roles, its migrations, its pools. */
@NamedInterface("database")
@NullMarked
package org.heshi.boot.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
