package org.heshi.matters.act;

import java.util.Optional;

/** Words of a person on their way into an entry. {@code kind} is words, contact or file. */
record Particular(String field, int ordinal, Optional<Integer> party, String kind, String value, byte[] salt) {
}
