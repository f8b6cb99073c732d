package org.heshi.identity.passkey;

import com.webauthn4j.util.exception.WebAuthnException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.identity.Accounts;
import org.heshi.identity.SignedIn;
import org.heshi.identity.account.AccountEvents;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys of staff. The authenticator must have made sure of its owner (by finger, face or PIN), so that one is both factors at once. A challenge is
 * answered once: it leaves the session before anything is checked.
 */
@Component
public class Passkeys {

    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
    /** How many somebody may have. */
    public static final int MOST = 10;
    private static final int LONGEST_ANSWER = 65_536;
    private static final int LONGEST_LABEL = 40;
    private static final String LOCALHOST = "localhost";
    private static final String ASKED = "heshi.passkey.asked";
    private static final String REGISTERING = "heshi.passkey.registering";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

    private final PasskeyRows rows;
    private final Accounts accounts;
    private final AccountEvents events;
    private final String host;
    private final Set<String> origins;
    private final JsonMapper json = JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    Passkeys(PasskeyRows rows, Accounts accounts, AccountEvents events, @Value("${heshi.identity.passkey-host}") String host,
            @Value("${heshi.identity.passkey-origins}") String origins, @Value("${heshi.base-url}") URI base) {
        this.rows = rows;
        this.accounts = accounts;
        this.events = events;
        // A passkey belongs to a name, never to a number: on an address without one, passkeys work under http://localhost only.
        this.host = !host.isBlank() ? host.strip() : ADDRESS.matcher(base.getHost()).matches() ? LOCALHOST : base.getHost();
        Set<String> named = Arrays.stream(origins.split(",")).map(String::strip).filter(one -> !one.isEmpty()).collect(Collectors.toUnmodifiableSet());
        this.origins = !named.isEmpty() || this.host.equals(LOCALHOST) ? named : Set.of(base.toString());
    }

    /** One passkey, as its owner named it. */
    public record Passkey(UUID id, String label, Instant createdAt, Instant usedAt) {
    }

    /** The name that passkeys of this program belong to: browsers offer them on its pages only. */
    public String host() {
        return host;
    }

    public List<Passkey> of(UUID person) {
        return rows.of(person);
    }

    /**
     * What the browser is asked for when somebody signs in or confirms who they are.
     *
     * @param person whose passkeys are asked for; none: any of this program, so that nobody is told who has one
     */
    public String ask(HttpServletRequest request, @Nullable UUID person) {
        Bytes challenge = Bytes.random();
        HttpSession session = request.getSession(false);
        if (session == null) {
            session = request.getSession(true);
            session.setMaxInactiveInterval((int) TIMEOUT.toSeconds());
        }
        session.setAttribute(ASKED, challenge);
        return json.writeValueAsString(question(operations(request, challenge), person));
    }

    /** Whose passkey answered; nobody's when the answer is not right, not for the last question, or was given before. */
    public Optional<UUID> answered(HttpServletRequest request, String answer) {
        Optional<Bytes> challenge = challenge(request, ASKED);
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> key = json.readValue(bounded(answer), new TypeReference<>() {
            });
            if (key == null || key.getRawId() == null || key.getResponse() == null || rows.findByCredentialId(key.getRawId()) == null) {
                return Optional.empty();
            }
            Webauthn4JRelyingPartyOperations operations = operations(request, challenge.get());
            return rows.owner(operations.authenticate(new RelyingPartyAuthenticationRequest(question(operations, null), key)).getId())
                    .filter(person -> accounts.find(person).filter(account -> account.endedAt().isEmpty()).isPresent());
        } catch (JacksonException | WebAuthnException | IllegalArgumentException e) {
            LOG.info("a passkey was refused: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** What the browser is asked for when somebody registers one. */
    public String register(HttpServletRequest request, UUID person) {
        Bytes challenge = Bytes.random();
        request.getSession().setAttribute(REGISTERING, challenge);
        return json.writeValueAsString(proposal(operations(request, challenge), person));
    }

    /** Keeps the one that was made, under this name; the refusals when it cannot. */
    public List<Refusal> registered(HttpServletRequest request, UUID person, String label, String answer) {
        Optional<Bytes> challenge = challenge(request, REGISTERING);
        if (label.isBlank() || label.strip().length() > LONGEST_LABEL) {
            return List.of(Refusal.at("label", "passkey.label", LONGEST_LABEL));
        }
        if (rows.of(person).size() >= MOST) {
            return List.of(Refusal.of("passkey.most", MOST));
        }
        if (challenge.isEmpty()) {
            return List.of(Refusal.of("passkey.again"));
        }
        try {
            PublicKeyCredential<AuthenticatorAttestationResponse> key = json.readValue(bounded(answer), new TypeReference<>() {
            });
            if (key == null || key.getRawId() == null || key.getResponse() == null) {
                return List.of(Refusal.of("passkey.again"));
            }
            Webauthn4JRelyingPartyOperations operations = operations(request, challenge.get());
            operations.registerCredential(new ImmutableRelyingPartyRegistrationRequest(proposal(operations, person),
                    new RelyingPartyPublicKey(key, label.strip())));
            events.note(person, "passkey-added", person);
            return List.of();
        } catch (JacksonException | WebAuthnException | IllegalArgumentException e) {
            LOG.info("a passkey was not registered: {}", e.getClass().getSimpleName());
            return List.of(Refusal.of("passkey.again"));
        }
    }

    /** Removes one of the person's; false when there is none such. */
    public boolean remove(UUID person, UUID passkey) {
        boolean removed = rows.remove(person, passkey) == 1;
        if (removed) {
            events.note(person, "passkey-removed", person);
        }
        return removed;
    }

    /** Removes all of the person's: by a command on the server. */
    public void removeAll(UUID person) {
        rows.removeAll(person);
    }

    /** Taken out of the session: an answer is looked at once. */
    private static Optional<Bytes> challenge(HttpServletRequest request, String kind) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(kind) instanceof Bytes challenge)) {
            return Optional.empty();
        }
        session.removeAttribute(kind);
        return Optional.of(challenge);
    }

    private static PublicKeyCredentialRequestOptions question(Webauthn4JRelyingPartyOperations operations, @Nullable UUID person) {
        return operations.createCredentialRequestOptions(
                new ImmutablePublicKeyCredentialRequestOptionsRequest(person == null ? null : authentication(person)));
    }

    private static PublicKeyCredentialCreationOptions proposal(Webauthn4JRelyingPartyOperations operations, UUID person) {
        return operations.createPublicKeyCredentialCreationOptions(new ImmutablePublicKeyCredentialCreationOptionsRequest(authentication(person)));
    }

    private Webauthn4JRelyingPartyOperations operations(HttpServletRequest request, Bytes challenge) {
        Set<String> allowed = origins.isEmpty() ? Set.of("http://" + LOCALHOST + ":" + request.getLocalPort()) : origins;
        Webauthn4JRelyingPartyOperations operations = new Webauthn4JRelyingPartyOperations(rows.owners(this::name), rows,
                PublicKeyCredentialRpEntity.builder().id(host).name(host).build(), allowed);
        operations.setCustomizeCreationOptions(options -> options.challenge(challenge).timeout(TIMEOUT).authenticatorSelection(AuthenticatorSelectionCriteria
                .builder().residentKey(ResidentKeyRequirement.REQUIRED).userVerification(UserVerificationRequirement.REQUIRED).build()));
        operations.setCustomizeRequestOptions(options -> options.challenge(challenge).timeout(TIMEOUT).userVerification(UserVerificationRequirement.REQUIRED));
        return operations;
    }

    private String name(UUID person) {
        return accounts.find(person).orElseThrow().name();
    }

    private static Authentication authentication(UUID person) {
        return UsernamePasswordAuthenticationToken.authenticated(new SignedIn(person, null), null, List.of());
    }

    private static String bounded(String answer) {
        return answer.length() > LONGEST_ANSWER ? "" : answer;
    }
}
