package org.heshi.site;

/** One step of the way to this page: words already in the reader's language, and where it leads. */
public record Crumb(String label, String href) {
}
