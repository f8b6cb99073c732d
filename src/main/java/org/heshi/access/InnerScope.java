package org.heshi.access;

/** Lets a part of the program do its own piece of work inside somebody's transaction: an answer that is passed on to merged matters. */
public interface InnerScope {

    /**
     * Name of a transaction in which every statement goes by keys: each is planned once for a connection. To plan them takes longer than to do them, and PostgreSQL
     * plans one with a policy afresh each time as long as it hopes for a better plan.
     */
    String BY_KEYS = "by keys";


    /** Runs something under the machine's scope on the current transaction's connection and puts the former scope back. */
    void as(Actor.Machine machine, Runnable something);
}
