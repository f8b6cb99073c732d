package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Backoff;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.identity.BrowserKind;
import org.heshi.identity.SignedIn;
import org.heshi.identity.account.AccountEvents;
import org.heshi.identity.account.AccountsJdbc;
import org.heshi.identity.account.Passwords;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.factor.KnownBrowsers;
import org.heshi.identity.factor.RequiredFactor;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks a name and a password. A known and an unknown name get the same answers, at the same pace, and both have to wait longer after each
 * failure: five are free, then half a minute and twice as long each time, never more than a quarter of an hour. From one address a hundred
 * tries may fail in ten minutes; good ones do not count, because a whole hall may share an address. A browser in which that name signed in before
 * is counted for itself alone: nobody makes its owner wait from elsewhere, nor from another machine behind the same address.
 */
@Component
class SignIn {

    static final Backoff.Patience OF_NAME = new Backoff.Patience(5, Duration.ofSeconds(30), Duration.ofMinutes(15));
    static final int FAILURES_OF_ADDRESS = 100;
    private static final Duration IN = Duration.ofMinutes(10);
    private static final String NAME = "sign-in-name";
    private static final String ADDRESS = "sign-in-address";
    private static final String QUESTIONS = "sign-in-passkey";

    private final AccountsJdbc accounts;
    private final Passwords passwords;
    private final Backoff backoff;
    private final Throttle throttle;
    private final Directory directory;
    private final Factors factors;
    private final RequiredFactor required;
    private final Passkeys passkeys;
    private final KnownBrowsers browsers;
    private final AccountEvents events;
    private final InstantSource clock;

    SignIn(AccountsJdbc accounts, Passwords passwords, Backoff backoff, Throttle throttle, Directory directory, Factors factors,
            RequiredFactor required, Passkeys passkeys, KnownBrowsers browsers, AccountEvents events, InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.backoff = backoff;
        this.throttle = throttle;
        this.directory = directory;
        this.factors = factors;
        this.required = required;
        this.passkeys = passkeys;
        this.browsers = browsers;
        this.events = events;
        this.clock = clock;
    }

    /** Whether somebody is in, or why not. */
    sealed interface Answer {

        record In(SignedIn who) implements Answer {
        }

        /** The password was right; a second step comes, and before it, if there is no second factor yet, setting one up. */
        record Half(SignedIn who, boolean setUp) implements Answer {
        }

        record Refused(Refusal refusal) implements Answer {
        }
    }

    Answer attempt(String name, String password, HttpServletRequest request) {
        String address = ClientAddress.of(request);
        String kind = BrowserKind.of(request.getHeader("User-Agent"));
        String canonical = AccountsJdbc.canonicalName(name);
        Optional<String> known = browsers.of(request, canonical);
        if (known.isEmpty() && !throttle.tryTake(ADDRESS, address, FAILURES_OF_ADDRESS, IN)) {
            return new Answer.Refused(Refusal.of("sign-in.wait", IN.toMinutes()));
        }
        String counted = known.map(browser -> browser + "|" + canonical).orElse(canonical);
        Optional<Duration> wait = backoff.tryBegin(NAME, counted, OF_NAME);
        if (wait.isPresent()) {
            return new Answer.Refused(Refusal.of("sign-in.wait", minutes(wait.get())));
        }
        Optional<AccountsJdbc.Credentials> found = accounts.credentials(canonical);
        if (!passwords.matches(password, found.map(AccountsJdbc.Credentials::password).orElse(null)) || found.isEmpty()) {
            events.refused(found.map(AccountsJdbc.Credentials::person).orElse(null), "sign-in-refused", kind);
            return new Answer.Refused(Refusal.of("sign-in.wrong"));
        }
        backoff.succeeded(NAME, counted);
        if (known.isEmpty()) {
            throttle.giveBack(ADDRESS, address, FAILURES_OF_ADDRESS, IN);
        }
        UUID person = found.get().person();
        List<HeldPost> posts = directory.heldPosts(person, clock.instant());
        if (posts.isEmpty()) {
            events.refused(person, "sign-in-no-post", kind);
            return new Answer.Refused(Refusal.of("sign-in.no-post"));
        }
        Answer answer = next(person, posts, found.get().lastPost());
        if (answer instanceof Answer.Half) {
            events.note(person, "password-right", person, kind);
        }
        return answer;
    }

    /** They signed in at the county's provider; whether that is enough is set, and else asked as after a password. */
    Answer byProvider(UUID person, boolean bothFactors) {
        if (bothFactors) {
            return complete(person);
        }
        Optional<AccountsJdbc.Credentials> account = accounts.credentials(person);
        List<HeldPost> posts = account.isEmpty() ? List.of() : directory.heldPosts(person, clock.instant());
        return posts.isEmpty() ? new Answer.Refused(Refusal.of("sign-in.no-post")) : next(person, posts, account.get().lastPost());
    }

    private Answer next(UUID person, List<HeldPost> posts, @Nullable UUID last) {
        SignedIn who = new SignedIn(person, post(posts, last));
        // A passkey stands in for a demanded second factor; who is asked for none may sign in without it.
        boolean authenticator = factors.find(person).isPresent();
        boolean demanded = required.of(posts);
        return authenticator || demanded ? new Answer.Half(who, !authenticator && passkeys.of(person).isEmpty()) : new Answer.In(who);
    }

    /** A passkey answered: whose it is was proved, with both factors at once. */
    Answer byPasskey(HttpServletRequest request, String answer, String address) {
        Optional<UUID> person = passkeys.answered(request, answer);
        if (person.isEmpty()) {
            return new Answer.Refused(Refusal.of("passkey.wrong"));
        }
        throttle.giveBack(QUESTIONS, address, FAILURES_OF_ADDRESS, IN);
        return complete(person.get());
    }

    /** A question for a passkey; none when too many from this address were not answered well. */
    Optional<String> askForPasskey(HttpServletRequest request, String address) {
        return throttle.tryTake(QUESTIONS, address, FAILURES_OF_ADDRESS, IN) ? Optional.of(passkeys.ask(request, null)) : Optional.empty();
    }

    /** The second step is done: whether they still hold a post and an account. */
    Answer complete(UUID person) {
        Optional<AccountsJdbc.Credentials> account = accounts.credentials(person);
        List<HeldPost> posts = account.isEmpty() ? List.of() : directory.heldPosts(person, clock.instant());
        return posts.isEmpty() ? new Answer.Refused(Refusal.of("sign-in.no-post"))
                : new Answer.In(new SignedIn(person, post(posts, account.get().lastPost())));
    }

    /** The post they acted in last, if they still hold it. */
    private static UUID post(List<HeldPost> posts, @Nullable UUID last) {
        return posts.stream().map(HeldPost::post).filter(held -> held.equals(last)).findFirst().orElse(posts.getFirst().post());
    }

    /**
     * They are in. Written down, and the browser is known from now on.
     *
     * @param how ends a message key, {@code account.event.<how>}
     */
    void came(HttpServletRequest request, HttpServletResponse response, UUID person, String how) {
        events.note(person, how, person, BrowserKind.of(request.getHeader("User-Agent")));
        accounts.find(person).ifPresent(account -> browsers.remember(request, response, account.name()));
    }

    /** The second step was wrong. */
    void stepRefused(HttpServletRequest request, UUID person) {
        events.refused(person, "second-step-refused", BrowserKind.of(request.getHeader("User-Agent")));
    }

    /** Rounded up. */
    static long minutes(Duration wait) {
        return Math.max(1, (wait.toSeconds() + 59) / 60);
    }
}
