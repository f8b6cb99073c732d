package org.heshi.access;

/** Whether what is open in a resident's browser still is: asked before each page of a matter is shown. */
public interface ResidentVisits {

    /** False when the party got another code since, or the account was left everywhere or deleted. */
    boolean runs(ResidentSession.Visit visit);
}
