package org.heshi.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions to officials about looking that was out of the usual. No figure is made of them, and each is erased after 90 days. */
public interface LookQuestions {

    /** Why it was asked. */
    enum Why {
        /** Very many matters within an hour. */ MANY,
        /** A matter that neither their unit holds nor their post watches over. */ NOT_HELD,
        /** In the night. */ AT_NIGHT
    }

    /** @param matter the one that it is about; empty when it is about many */
    record Question(UUID id, UUID unit, Optional<UUID> matter, Why why, Instant askedAt, Optional<String> answer) {
    }

    /** What the staff member who acts was asked and has not answered yet, the oldest first. */
    List<Question> open();

    /**
     * Answers a question that the staff member who acts was asked.
     *
     * @param words 1 to 500 characters
     * @return false when there is no such question, or it was answered
     */
    boolean answer(UUID question, String words);

    /** All that were asked in the last 90 days, the newest first, at most {@code limit}; for auditors. */
    List<Question> all(Optional<UUID> after, int limit);
}
