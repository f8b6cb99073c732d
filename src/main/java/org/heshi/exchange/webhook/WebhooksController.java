package org.heshi.exchange.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.identity.Programs;
import org.heshi.identity.Programs.Program;
import org.heshi.identity.ShownOnce;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where programs of the units on an administrator's ground are told of events. A secret is shown once, when it is made. */
@Controller
@ConditionalOnWebApplication
class WebhooksController {

    private static final String HERE = "/admin/webhooks";

    private final Endpoints endpoints;
    private final Programs programs;
    private final Directory directory;
    private final Targets targets;
    private final ShownOnce shownOnce;

    WebhooksController(Endpoints endpoints, Programs programs, Directory directory, Targets targets, ShownOnce shownOnce) {
        this.shownOnce = shownOnce;
        this.endpoints = endpoints;
        this.programs = programs;
        this.directory = directory;
        this.targets = targets;
    }

    @Bean
    static MenuItem webhooksMenu() {
        return new MenuItem("webhook.menu", HERE, "upload", 165, Set.of(Role.ADMINISTRATOR.code()));
    }

    @GetMapping(HERE)
    String list(HeldPost by, Model model) {
        Map<UUID, Program> mine = mine(by);
        Map<UUID, Unit> units = directory.units(mine.values().stream().map(Program::unit).collect(Collectors.toSet()));
        model.addAttribute("endpoints", endpoints.all().stream().filter(endpoint -> mine.containsKey(endpoint.client()))
                .map(endpoint -> page(endpoint, mine.get(endpoint.client()), units.get(mine.get(endpoint.client()).unit()), Optional.empty(), false)).toList());
        model.addAttribute("programs", !mine.isEmpty());
        return "exchange/webhook/list";
    }

    @GetMapping(HERE + "/new")
    String form(HeldPost by, Model model) {
        return blank(by, new WebhookForm("", "", List.of(Delivery.BEGUN, Delivery.MOVED), false), List.of(), model);
    }

    @PostMapping(HERE + "/new")
    String make(HeldPost by, @RequestParam(defaultValue = "") String client, @RequestParam(defaultValue = "") String url,
            @RequestParam(required = false) List<String> events, @RequestParam(defaultValue = "") String unit, HttpServletRequest request, HttpServletResponse response, Model model) {
        WebhookForm form = new WebhookForm(client, url, events == null ? List.of() : events, !unit.isEmpty());
        Optional<Program> program = mine(by).values().stream().filter(one -> one.id().toString().equals(client)).findFirst();
        long there = program.map(one -> endpoints.of(one.id()).size()).orElse(0);
        Wish wish = Wish.read(program, url, form.events(), there, targets);
        if (!wish.refusals().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return blank(by, form, wish.refusals(), model);
        }
        Optional<Endpoints.Made> made = endpoints.makeOnce(program.orElseThrow().id(), wish, form.unit(), by.person());
        if (made.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return blank(by, form, List.of(Refusal.at("url", "webhook-twice")), model);
        }
        return carried(by, made.get().id(), made.get().shown(), request, response);
    }

    @GetMapping(HERE + "/{id}")
    String webhook(HeldPost by, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response, Model model) {
        mine(by, id);
        return show(by, id, shownOnce.take(by.person(), HERE + "/" + id, request, response), model);
    }

    @PostMapping(HERE + "/{id}/rotate")
    String rotate(HeldPost by, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) {
        mine(by, id);
        return endpoints.rotate(id, by.person()).map(fresh -> carried(by, id, fresh, request, response)).orElse("redirect:" + HERE);
    }

    /** To the page that shows it once. */
    private String carried(HeldPost by, UUID id, String secret, HttpServletRequest request, HttpServletResponse response) {
        shownOnce.carry(by.person(), HERE + "/" + id, secret, request, response);
        return "redirect:" + HERE + "/" + id;
    }

    @PostMapping(HERE + "/{id}/pause")
    String pause(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        return did(by, id, redirect, "webhook.done.paused", () -> endpoints.pause(id, by.person()));
    }

    @PostMapping(HERE + "/{id}/resume")
    String resume(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        return did(by, id, redirect, "webhook.done.resumed", () -> endpoints.resume(id, by.person()));
    }

    @PostMapping(HERE + "/{id}/test")
    String test(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        return did(by, id, redirect, "webhook.done.tested", () -> endpoints.test(id, by.person()));
    }

    /** @param delivery which one; empty: all */
    @PostMapping(HERE + "/{id}/replay")
    String replay(HeldPost by, @PathVariable UUID id, @RequestParam(required = false) UUID delivery, RedirectAttributes redirect) {
        mine(by, id);
        int again = endpoints.replay(id, Optional.ofNullable(delivery), by.person());
        if (again > 0) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("webhook.done.replayed", again));
        }
        return "redirect:" + HERE + "/" + id;
    }

    @PostMapping(HERE + "/{id}/end")
    String end(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        mine(by, id);
        endpoints.end(id, by.person());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("webhook.done.ended"));
        return "redirect:" + HERE;
    }

    private interface Deed {
        boolean did();
    }

    private String did(HeldPost by, UUID id, RedirectAttributes redirect, String said, Deed deed) {
        mine(by, id);
        if (deed.did()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done(said));
        }
        return "redirect:" + HERE + "/" + id;
    }

    private String blank(HeldPost by, WebhookForm form, List<Refusal> refusals, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("programs", mine(by).values().stream().collect(Collectors.toMap(program -> program.id().toString(), Program::name, (a, _) -> a, java.util.LinkedHashMap::new)));
        model.addAttribute("offered", Wish.OFFERED);
        model.addAttribute("refusals", refusals);
        return "exchange/webhook/form";
    }

    private String show(HeldPost by, UUID id, Optional<String> secret, Model model) {
        Endpoint endpoint = mine(by, id);
        Program program = mine(by).get(endpoint.client());
        model.addAttribute("page", page(endpoint, program, directory.findUnit(program.unit()).orElseThrow(), secret, true));
        return "exchange/webhook/page";
    }

    private WebhookPage page(Endpoint endpoint, Program program, Unit unit, Optional<String> secret, boolean whole) {
        UUID id = endpoint.id();
        Function<Endpoints.Tried, WebhookPage.Line> line = tried -> new WebhookPage.Line(tried.id(), tried.type(), tried.state(), tried.at(), tried.attempts(), tried.status(),
                tried.failure(), tried.dueAt());
        List<Endpoints.Event> events = whole ? endpoints.events(id) : List.of();
        Map<String, Endpoints.Event> last = endpoints.last(id);
        Map<UUID, Person> people = directory.people(Stream.concat(events.stream(), last.values().stream()).flatMap(event -> event.by().stream()).collect(Collectors.toSet()));
        Function<Endpoints.Event, WebhookPage.Event> said = event -> new WebhookPage.Event(event.at(), event.what(), event.what().startsWith("disabled") ? ""
                : event.by().map(person -> Optional.ofNullable(people.get(person)).map(Person::name).orElse("—")).orElse(program.name()));
        return new WebhookPage(id, program.name(), unit.name(), endpoint.url().toString(), endpoint.events().stream().sorted().toList(), endpoint.unit(),
                endpoint.state().name().toLowerCase(java.util.Locale.ROOT), endpoint.why(), endpoint.failingSince(), endpoint.createdAt(), endpoints.count(id, "waiting"),
                endpoints.count(id, "dead"), secret, whole ? endpoints.latest(id, false).stream().map(line).toList() : List.of(),
                whole ? endpoints.latest(id, true).stream().map(line).toList() : List.of(),
                whole ? events.stream().map(said).toList() : List.of(), Optional.ofNullable(last.get("made")).map(said).orElseGet(() -> new WebhookPage.Event(endpoint.createdAt(), "made", "")),
                Stream.of("paused", "resumed").map(last::get).filter(Objects::nonNull).max(Comparator.comparing(Endpoints.Event::at)).map(said));
    }

    /** Running programs of units on their ground. */
    private Map<UUID, Program> mine(HeldPost by) {
        List<Program> running = programs.running();
        Map<UUID, Unit> units = directory.units(running.stream().map(Program::unit).collect(Collectors.toSet()));
        return running.stream().filter(program -> Optional.ofNullable(units.get(program.unit())).filter(unit -> by.covers(unit.division())).isPresent())
                .collect(Collectors.toMap(Program::id, program -> program, (a, _) -> a, java.util.LinkedHashMap::new));
    }

    /** @throws NoSuchElementException when there is none such on their ground */
    private Endpoint mine(HeldPost by, UUID id) {
        return endpoints.find(id).filter(endpoint -> mine(by).containsKey(endpoint.client()))
                .orElseThrow(() -> new NoSuchElementException("no such webhook on this administrator's ground"));
    }
}
