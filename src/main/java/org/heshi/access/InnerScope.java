package org.heshi.access;

/** Lets a part of the program do its own piece of work inside somebody's transaction: an answer that is passed on to merged matters. */
public interface InnerScope {

    /** Runs something under the machine's scope on the current transaction's connection and puts the former scope back. */
    void as(Actor.Machine machine, Runnable something);
}
