package org.heshi.identity.signin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Backoff;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.identity.SignedIn;
import org.heshi.identity.account.AccountsJdbc;
import org.heshi.identity.account.Passwords;
import org.heshi.kernel.Refusal;
import org.springframework.stereotype.Component;

/**
 * Checks a name and a password. A known and an unknown name get the same answers, at the same pace, and both have to wait longer after each
 * failure: five are free for a name and twenty for an address, then half a minute and twice as long each time, never more than a quarter of
 * an hour.
 */
@Component
class SignIn {

    static final Backoff.Patience OF_NAME = new Backoff.Patience(5, Duration.ofSeconds(30), Duration.ofMinutes(15));
    static final Backoff.Patience OF_ADDRESS = new Backoff.Patience(20, Duration.ofSeconds(30), Duration.ofMinutes(15));
    private static final String NAME = "sign-in-name";
    private static final String ADDRESS = "sign-in-address";

    private final AccountsJdbc accounts;
    private final Passwords passwords;
    private final Backoff backoff;
    private final Directory directory;
    private final InstantSource clock;

    SignIn(AccountsJdbc accounts, Passwords passwords, Backoff backoff, Directory directory, InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.backoff = backoff;
        this.directory = directory;
        this.clock = clock;
    }

    /** Whether somebody is in, or why not. */
    sealed interface Answer {

        record In(SignedIn who, int posts) implements Answer {
        }

        record Refused(Refusal refusal) implements Answer {
        }
    }

    Answer attempt(String name, String password, String address) {
        String canonical = AccountsJdbc.canonicalName(name);
        Optional<Duration> wait = backoff.tryBegin(ADDRESS, address, OF_ADDRESS);
        if (wait.isEmpty()) {
            wait = backoff.tryBegin(NAME, canonical, OF_NAME);
        }
        if (wait.isPresent()) {
            return new Answer.Refused(Refusal.of("sign-in.wait", minutes(wait.get())));
        }
        Optional<AccountsJdbc.Credentials> found = accounts.credentials(canonical);
        if (!passwords.matches(password, found.map(AccountsJdbc.Credentials::password).orElse(null)) || found.isEmpty()) {
            return new Answer.Refused(Refusal.of("sign-in.wrong"));
        }
        backoff.succeeded(NAME, canonical);
        backoff.takeBack(ADDRESS, address);
        UUID person = found.get().person();
        List<HeldPost> posts = directory.heldPosts(person, clock.instant());
        if (posts.isEmpty()) {
            return new Answer.Refused(Refusal.of("sign-in.no-post"));
        }
        UUID last = found.get().lastPost();
        UUID post = posts.stream().map(HeldPost::post).filter(held -> held.equals(last)).findFirst().orElse(posts.getFirst().post());
        return new Answer.In(new SignedIn(person, post), posts.size());
    }

    /** Rounded up. */
    static long minutes(Duration wait) {
        return Math.max(1, (wait.toSeconds() + 59) / 60);
    }
}
