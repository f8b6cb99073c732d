package org.heshi.site;

/** One option of a select or a radio group: the value that is sent, words already in the reader's language, and a hint that may be empty. */
public record Choice(String value, String label, String hint) {

    public Choice(String value, String label) {
        this(value, label, "");
    }
}
