package org.heshi.matters.act;

import java.util.UUID;

/** One unit's relation to a matter: {@code desk}, {@code verifier}, {@code lead}, {@code helper}, {@code origin} or {@code barred}. */
record Holding(UUID unit, String relation) {
}
