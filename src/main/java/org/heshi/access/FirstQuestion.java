package org.heshi.access;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Begins a transaction with its first question: that it begins, who acts and what is asked go to the server in one way. Each way takes as much of the processor as a short
 * question.
 */
public interface FirstQuestion {

    /**
     * Name of a transaction that is begun so, and of which all statements go by keys as under {@link InnerScope#BY_KEYS}. Nothing says who acts before the first question is asked:
     * whatever else were asked before sees nothing of anybody's.
     */
    String TRANSACTION = "by keys, with its first question";

    /** Sets the parameters of the question, the first of them being {@code first}. */
    @FunctionalInterface
    interface Parameters {
        void set(PreparedStatement statement, int first) throws SQLException;
    }

    /** Reads the answer. The statement stands at the question's first result; further ones come by {@link PreparedStatement#getMoreResults()}. */
    @FunctionalInterface
    interface Answer<T> {
        T read(PreparedStatement statement) throws SQLException;
    }

    /**
     * Asks in the current transaction, whose first question this may be or not.
     *
     * @param question one or more statements, parted by semicolons
     * @throws org.springframework.dao.DataAccessException when the database refuses
     */
    <T> T ask(String question, Parameters parameters, Answer<T> answer);
}
