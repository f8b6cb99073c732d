package org.heshi.directory.handling;

import java.util.List;
import java.util.UUID;

/** A rule in the list: the category's full name (empty: any), the place, who leads and who helps. */
public record RuleRow(UUID id, String category, String place, String lead, UUID leadId, List<String> helpers) {
}
