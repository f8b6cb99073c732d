package org.heshi.identity.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a program may be allowed. Those without addresses yet are known and not given. */
enum ApiScope {
    /** Report a matter. */ REPORT(true),
    /** Follow what it reported. */ FOLLOW(true),
    /** Work on matters of its unit, in the post that it was given. */ ACT(true),
    /** Find and read what that post may see. */ SEARCH(true),
    /** Ask for figures. */ FIGURES(true),
    /** Hand orders in and take their results. */ EXCHANGE(true),
    /** Keep its own webhooks. */ WEBHOOKS(true);

    private final boolean given;

    ApiScope(boolean given) {
        this.given = given;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<ApiScope> offered() {
        return Arrays.stream(values()).filter(scope -> scope.given).toList();
    }

    static Optional<ApiScope> read(String code) {
        return offered().stream().filter(scope -> scope.code().equals(code)).findFirst();
    }
}
