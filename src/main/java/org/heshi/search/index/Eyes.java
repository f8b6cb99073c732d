package org.heshi.search.index;

import java.util.UUID;

/**
 * For whom is searched, so that the index gives few that the database will then hold back. It is no guard: the database is.
 *
 * @param scope code of the places watched as a whole; empty: none
 */
public record Eyes(UUID unit, String scope) {
}
