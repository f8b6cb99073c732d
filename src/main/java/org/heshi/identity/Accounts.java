package org.heshi.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of staff: one for a person. The callers are the program's own parts and the pages that have asked whether an administrator may;
 * who may is not asked here again.
 */
public interface Accounts {

    /** What is known of an account; never the password. */
    record Account(UUID person, String name, boolean hasPassword, Instant createdAt, Optional<Instant> endedAt) {
    }

    /** Whether an account was made, or why not. */
    sealed interface Creating {

        record Done(Account account) implements Creating {
        }

        record Refused(List<Refusal> refusals) implements Creating {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    /**
     * Makes an account.
     *
     * @param person   of the directory
     * @param name     sign-in name: letters, digits, dots, hyphens; case is not told apart
     * @param password none: nobody can sign in until a one-time link was used
     */
    Creating create(UUID person, String name, @Nullable String password);

    Optional<Account> find(UUID person);

    Optional<Account> findByName(String name);

    /** All accounts by name: a county has a few thousand. */
    List<Account> all();

    /** Sets a new password and ends every session of the person; the refusals when the password does not pass the rules, else none. */
    List<Refusal> setPassword(UUID person, String password);

    /**
     * A one-time link for the person to set a password, good for 48 hours; earlier links of theirs die.
     *
     * @return the secret of {@code /first/<secret>}: shown once, kept only as a digest
     */
    String firstLink(UUID person);

    /** Nobody signs in with it again; running sessions end at once. */
    void end(UUID person);

    /** Signs the person out everywhere. */
    void endSessions(UUID person);

    /** So that the next sign-in begins in this post. */
    void rememberPost(UUID person, UUID post);
}
