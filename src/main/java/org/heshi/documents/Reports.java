package org.heshi.documents;

/**
 * Printed matter that is no paper: reports, bulletins, what a page shows. It bears no number and no seal, is of no matter, and is kept nowhere. PDF/A as
 * papers are, and in Chinese as they are.
 */
public interface Reports {

    /**
     * @param template JTE template that writes XHTML and takes a {@link PaperFrame} {@code paper} and a {@code content} of that class
     * @param content  all of its texts must be printable, else the answer says which are not
     */
    Papers.Rendered print(String template, String title, Record content);
}
