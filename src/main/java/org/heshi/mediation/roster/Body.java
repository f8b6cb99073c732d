package org.heshi.mediation.roster;

import java.util.UUID;

/** What kind of committee or studio a unit is, and what it says of itself. @param field of a trade committee; else empty */
public record Body(UUID unit, String division, String sort, String field, String intro, String address, String phone, boolean listed) {
}
