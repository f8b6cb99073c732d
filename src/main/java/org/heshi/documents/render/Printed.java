package org.heshi.documents.render;

import java.util.Optional;

/** A paper that came out. @param seal where the seal stands; empty when the template leaves no room for one */
public record Printed(byte[] pdf, int pages, Optional<Spot> seal) {
}
