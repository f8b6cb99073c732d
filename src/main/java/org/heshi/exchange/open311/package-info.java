/** Open311 GeoReport v2: services, requests, tokens and updates for other programs, as its specification has them. */
@NullMarked
package org.heshi.exchange.open311;

import org.jspecify.annotations.NullMarked;
