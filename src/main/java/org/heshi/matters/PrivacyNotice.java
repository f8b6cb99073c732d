package org.heshi.matters;

/** The notice on personal data that is shown before anything is asked (PIPL 17). */
public interface PrivacyNotice {

    /** Version that is shown now: 1 or more, the next one after each change. */
    int version();
}
