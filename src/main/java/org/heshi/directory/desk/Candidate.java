package org.heshi.directory.desk;

/** One of several things that typed words may mean. */
public record Candidate(String id, String label, String hint) {
}
