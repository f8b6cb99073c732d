package org.heshi.bill.suppression;

/** What is told of one count. */
public enum Shown {
    /** The number itself. */
    EXACT,
    /** That it is k or less: so much of what was not solved, so that a good office can show that it is one. */
    AT_MOST,
    /** Nothing. Whether it was small or shields another is not told. */
    HIDDEN
}
