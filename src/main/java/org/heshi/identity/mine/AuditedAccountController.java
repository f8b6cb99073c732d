package org.heshi.identity.mine;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.identity.Accounts;
import org.heshi.identity.account.AccountEvents;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What was written of one account, for auditors: one at a time, by its name, and its owner sees that they looked. There is no list of all. What was
 * refused to names that nobody has belongs to no account and no ground: it is a count by the hour.
 */
@Controller
@ConditionalOnWebApplication
class AuditedAccountController {

    private static final String PAGE = "identity/mine/audited";
    private static final int EVENTS = 200;
    private static final int HOURS = 12;
    private static final Duration WHILE = Duration.ofDays(7);

    private final Accounts accounts;
    private final AccountEvents events;
    private final Directory directory;
    private final InstantSource clock;

    AuditedAccountController(Accounts accounts, AccountEvents events, Directory directory, InstantSource clock) {
        this.accounts = accounts;
        this.events = events;
        this.directory = directory;
        this.clock = clock;
    }

    @Bean
    static MenuItem auditedAccountsMenu() {
        return new MenuItem("account.audited.menu", "/audit/accounts", "shield", 95, Set.of(Role.AUDITOR.code()));
    }

    @GetMapping("/audit/accounts")
    String form(Model model) {
        Acting.staffWith(Role.AUDITOR);
        nobodys(model);
        return PAGE;
    }

    @PostMapping("/audit/accounts")
    String look(@RequestParam(defaultValue = "") String name, HttpServletResponse response, Model model) {
        Actor.Staff auditor = Acting.staffWith(Role.AUDITOR);
        model.addAttribute("name", name);
        Optional<Accounts.Account> found = name.isBlank() || name.length() > 64 ? Optional.empty()
                : accounts.findByName(name).filter(account -> onGround(auditor, account));
        if (found.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusals", List.of(Refusal.at("name", "account.none-there")));
            nobodys(model);
            return PAGE;
        }
        events.note(found.get().person(), "read-by-auditor", auditor.person());
        model.addAttribute("found", true);
        model.addAttribute("events", events.last(found.get().person(), EVENTS));
        refused(found.get().person(), model);
        return PAGE;
    }

    private void nobodys(Model model) {
        refused(null, model);
    }

    private void refused(@Nullable UUID person, Model model) {
        Instant since = clock.instant().minus(WHILE);
        model.addAttribute("refused", events.refusals(person, since));
        model.addAttribute("hours", events.busiestHours(person, since, HOURS));
    }

    /** Of somebody who holds a post in the places that the auditor watches, or in the auditor's own unit. */
    private boolean onGround(Actor.Staff auditor, Accounts.Account account) {
        return directory.heldPosts(account.person(), clock.instant()).stream()
                .anyMatch(post -> post.unit().equals(auditor.unit()) || !auditor.scope().isEmpty() && post.division().startsWith(auditor.scope()));
    }
}
