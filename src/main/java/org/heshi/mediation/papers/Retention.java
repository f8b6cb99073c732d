package org.heshi.mediation.papers;

/** How long a case file is kept. The Act sets no term and practice differs: the county says which one is offered first. */
enum Retention {
    SHORT, LONG, PERMANENT;

    String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
