package org.heshi.access;

import java.time.Instant;
import java.util.List;

/**
 * Something that an auditor outside of the program wants to know about staff, as it happened: who opened what, what was done with an account. A room
 * that has such records offers them as a bean; they are sent by syslog where that is set. Ids, codes and times only: no name, nothing that anybody wrote.
 */
public interface AuditTrail {

    /** @param json an object; its member {@code event} says what it is */
    record Entry(Instant at, String json) {
    }

    /** Under this name it is kept how far it was sent; never changes. */
    String name();

    /**
     * What came after this moment, oldest first, and of the last one's moment all. Never anything beside which an earlier one could still be
     * committed. Asked inside a transaction of the program itself.
     */
    List<Entry> after(Instant place, int most);
}
