package org.heshi.attachments.picture;

/** What the first bytes say that a file is; its name and declared type say nothing. */
enum Format {
    JPEG("JPEG"), PNG("PNG"), WEBP("WEBP");

    private final String reader;

    Format(String reader) {
        this.reader = reader;
    }

    /** Name of its reader in Image I/O. */
    String reader() {
        return reader;
    }
}
