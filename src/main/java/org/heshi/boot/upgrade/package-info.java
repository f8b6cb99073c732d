/** From one major version of the embedded PostgreSQL to the next: table by table through COPY, compared before the old one is put aside. */
@NullMarked
package org.heshi.boot.upgrade;

import org.jspecify.annotations.NullMarked;
