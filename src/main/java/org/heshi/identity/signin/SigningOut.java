package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.heshi.identity.BrowserKind;
import org.heshi.identity.SignedOut;
import org.heshi.identity.account.AccountEvents;
import org.springframework.stereotype.Component;

/** Writes down who signed out. */
@Component
class SigningOut implements SignedOut {

    private final AccountEvents events;

    SigningOut(AccountEvents events) {
        this.events = events;
    }

    @Override
    public void signedOut(UUID person, HttpServletRequest request) {
        events.note(person, "signed-out", person, BrowserKind.of(request.getHeader("User-Agent")));
    }
}
