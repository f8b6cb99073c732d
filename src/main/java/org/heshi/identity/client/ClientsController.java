package org.heshi.identity.client;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.identity.ApiDoor;
import org.heshi.identity.ShownOnce;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Programs of the units on an administrator's ground: who may ask, for what, with which secrets. A secret is shown once, when it is made. */
@Controller
@ConditionalOnWebApplication
class ClientsController {

    private static final String HERE = "/admin/clients";
    private static final int LONGEST_NAME = 60;
    private static final int UNITS = 30;

    private final Clients clients;
    private final Directory directory;
    private final MessageSource words;
    private final InstantSource clock;
    private final ShownOnce shownOnce;

    ClientsController(Clients clients, Directory directory, MessageSource words, InstantSource clock, ShownOnce shownOnce) {
        this.shownOnce = shownOnce;
        this.words = words;
        this.clients = clients;
        this.directory = directory;
        this.clock = clock;
    }

    @Bean
    static MenuItem clientsMenu() {
        return new MenuItem("client.menu", HERE, "key", 160, Set.of(Role.ADMINISTRATOR.code()));
    }

    @GetMapping(HERE)
    String list(HeldPost by, Model model) {
        Map<UUID, Unit> units = directory.units(clients.all().stream().map(Clients.Client::unit).collect(Collectors.toSet()));
        model.addAttribute("clients", clients.all().stream().filter(client -> Optional.ofNullable(units.get(client.unit())).filter(unit -> by.covers(unit.division())).isPresent())
                .map(client -> page(client, units.get(client.unit()), Optional.empty())).toList());
        return "identity/client/list";
    }

    @GetMapping(HERE + "/new")
    String form(HeldPost by, @RequestParam(defaultValue = "") String q, Model model) {
        return blank(by, new ClientForm("", by.unit().toString(), List.of("report", "follow")), q, List.of(), model);
    }

    @PostMapping(HERE + "/new")
    String make(HeldPost by, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String unit,
            @RequestParam(required = false) List<String> scopes, HttpServletRequest request, HttpServletResponse response, Model model) {
        ClientForm form = new ClientForm(name, unit, scopes == null ? List.of() : scopes);
        List<Refusal> refusals = new ArrayList<>();
        String clean = name.strip();
        if (clean.isEmpty() || clean.codePointCount(0, clean.length()) > LONGEST_NAME) {
            refusals.add(Refusal.at("name", "client-name", LONGEST_NAME));
        }
        Optional<Unit> bound = unit(unit).filter(one -> by.covers(one.division()));
        if (bound.isEmpty()) {
            refusals.add(Refusal.at("unit", "client-unit"));
        }
        Set<String> asked = form.scopes().stream().map(ApiScope::read).flatMap(Optional::stream).map(ApiScope::code).collect(Collectors.toCollection(LinkedHashSet::new));
        if (asked.isEmpty() || asked.size() != Set.copyOf(form.scopes()).size()) {
            refusals.add(Refusal.at("scopes", "client-scopes"));
        }
        if (!refusals.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return blank(by, form, "", refusals, model);
        }
        UUID id = clients.make(clean, bound.get().id(), asked, by.person());
        return carried(by, id, clients.freshSecret(id, by.person()), request, response);
    }

    @GetMapping(HERE + "/{id}")
    String client(HeldPost by, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response, Model model) {
        mine(by, id);
        return show(by, id, shownOnce.take(by.person(), HERE + "/" + id, request, response), model);
    }

    @PostMapping(HERE + "/{id}/rotate")
    String rotate(HeldPost by, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response, Model model) {
        mine(by, id);
        Optional<String> fresh = clients.freshSecret(id, by.person());
        if (fresh.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusals", List.of(Refusal.of("client-two-secrets")));
            return show(by, id, Optional.empty(), model);
        }
        return carried(by, id, fresh, request, response);
    }

    /** To the page that shows it once. */
    private String carried(HeldPost by, UUID id, Optional<String> fresh, HttpServletRequest request, HttpServletResponse response) {
        fresh.ifPresent(secret -> shownOnce.carry(by.person(), HERE + "/" + id, secret, request, response));
        return "redirect:" + HERE + "/" + id;
    }

    @PostMapping(HERE + "/{id}/end-secret")
    String endSecret(HeldPost by, @PathVariable UUID id, @RequestParam(defaultValue = "0") int slot, RedirectAttributes redirect) {
        mine(by, id);
        if (clients.endSecret(id, slot, by.person())) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("client.secret.ended"));
        }
        return "redirect:" + HERE + "/" + id;
    }

    @PostMapping(HERE + "/{id}/key")
    String key(HeldPost by, @PathVariable UUID id, @RequestParam(required = false) List<String> scopes, HttpServletRequest request, HttpServletResponse response, Model model) {
        Clients.Client client = mine(by, id);
        Set<String> asked = scopes == null ? Set.of() : Set.copyOf(scopes);
        Optional<Refusal> refusal = asked.isEmpty() || !client.scopes().containsAll(asked) ? Optional.of(Refusal.at("scopes", "client-scopes"))
                : clients.keys(id).size() == 2 ? Optional.of(Refusal.of("client-two-keys")) : Optional.empty();
        Optional<String> fresh = refusal.isPresent() ? Optional.empty() : clients.freshKey(id, asked, by.person());
        if (refusal.isPresent()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusals", List.of(refusal.get()));
            return show(by, id, Optional.empty(), model);
        }
        return carried(by, id, fresh, request, response);
    }

    @PostMapping(HERE + "/{id}/end-key")
    String endKey(HeldPost by, @PathVariable UUID id, @RequestParam(defaultValue = "0") int slot, RedirectAttributes redirect) {
        mine(by, id);
        if (clients.endKey(id, slot, by.person())) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("client.key.ended"));
        }
        return "redirect:" + HERE + "/" + id;
    }

    /** Gives it a post of its own in its unit: what it does there stands in the log as done by it. */
    @PostMapping(HERE + "/{id}/post")
    String post(HeldPost by, @PathVariable UUID id, @RequestParam(required = false) List<String> roles, HttpServletResponse response, RedirectAttributes redirect, Model model) {
        Clients.Client client = mine(by, id);
        Set<Role> asked = (roles == null ? List.<String>of() : roles).stream().map(Role::find).flatMap(Optional::stream).collect(Collectors.toSet());
        if (asked.isEmpty() || !ApiDoor.ROLES.containsAll(asked) || asked.size() != Set.copyOf(roles).size()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusals", List.of(Refusal.at("roles", "client-roles")));
            return show(by, id, Optional.empty(), model);
        }
        if (clients.givePost(client, words.getMessage("client.post.title", new Object[] {client.name()}, Locale.SIMPLIFIED_CHINESE), asked, by.person())) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("client.post.given"));
        }
        return "redirect:" + HERE + "/" + id;
    }

    @PostMapping(HERE + "/{id}/end-post")
    String endPost(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        mine(by, id);
        clients.endPost(id, by.person());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("client.post.ended"));
        return "redirect:" + HERE + "/" + id;
    }

    @PostMapping(HERE + "/{id}/end")
    String end(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        mine(by, id);
        clients.end(id, by.person());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("client.ended"));
        return "redirect:" + HERE + "/" + id;
    }

    private String blank(HeldPost by, ClientForm form, String q, List<Refusal> refusals, Model model) {
        List<Unit> units = new ArrayList<>();
        unit(form.unit()).filter(one -> by.covers(one.division())).ifPresent(units::add);
        directory.searchUnits(q, by.division(), UNITS).stream().filter(one -> by.covers(one.division()) && units.stream().noneMatch(there -> there.id().equals(one.id()))).forEach(units::add);
        model.addAttribute("form", form);
        model.addAttribute("q", q);
        model.addAttribute("units", units);
        model.addAttribute("offered", ApiScope.offered().stream().map(ApiScope::code).toList());
        model.addAttribute("refusals", refusals);
        return "identity/client/form";
    }

    private String show(HeldPost by, UUID id, Optional<String> secret, Model model) {
        Clients.Client client = mine(by, id);
        model.addAttribute("roles", ApiDoor.ROLES.stream().sorted().map(Role::code).toList());
        model.addAttribute("page", page(client, directory.findUnit(client.unit()).orElseThrow(), secret));
        return "identity/client/page";
    }

    /** @throws NoSuchElementException when there is none such on their ground */
    private Clients.Client mine(HeldPost by, UUID id) {
        return clients.find(id).filter(client -> directory.findUnit(client.unit()).filter(unit -> by.covers(unit.division())).isPresent())
                .orElseThrow(() -> new NoSuchElementException("no such program on this administrator's ground"));
    }

    private ClientPage page(Clients.Client client, Unit unit, Optional<String> secret) {
        Instant soon = clock.instant().plus(Clients.WARNING);
        return new ClientPage(client.id(), client.name(), unit.name(), client.scopes().stream().sorted().toList(), client.createdAt(), client.endedAt(),
                clients.secrets(client.id()).stream().map(one -> new ClientPage.Secret(one.slot(), one.createdAt(), one.expiresAt(), one.usedAt(), one.expiresAt().isBefore(soon))).toList(),
                clients.keys(client.id()).stream().map(one -> new ClientPage.Key(one.slot(), one.scopes().stream().sorted().toList(), one.createdAt(), one.expiresAt(), one.usedAt(),
                        one.expiresAt().isBefore(soon))).toList(),
                clients.post(client.id(), client.unit()).map(held -> new ClientPage.Post(held.title(), held.roles().stream().sorted().map(Role::code).toList())),
                clients.events(client.id()).stream().map(event -> new ClientPage.Event(event.at(), event.what())).toList(), secret,
                !directory.stands(unit.id(), clock.instant()));
    }

    private Optional<Unit> unit(String typed) {
        try {
            return typed.length() == 36 ? directory.findUnit(UUID.fromString(typed)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
