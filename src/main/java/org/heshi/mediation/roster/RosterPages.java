package org.heshi.mediation.roster;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.mediation.calendar.Rooms;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The roster of mediators: for staff as it is, for everybody those who chose to be shown. */
@Controller
class RosterPages {

    private static final int PAGE = 30;
    private static final int NAMED = 200;
    private static final int LEAST = 3;
    private static final int MOST = 9;

    private final Mediators mediators;
    private final RosterKeeping keeping;
    private final Rooms rooms;
    private final Directory directory;
    private final Divisions divisions;
    private final InstantSource clock;

    RosterPages(Mediators mediators, RosterKeeping keeping, Rooms rooms, Directory directory, Divisions divisions, InstantSource clock) {
        this.mediators = mediators;
        this.keeping = keeping;
        this.rooms = rooms;
        this.directory = directory;
        this.divisions = divisions;
        this.clock = clock;
    }

    @GetMapping("/mediation/mediators")
    ModelAndView list(@RequestParam(defaultValue = "") String place, @RequestParam(defaultValue = "") String skill, @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String after) {
        Optional<Actor.Staff> staff = Acting.current() instanceof Actor.Staff one ? Optional.of(one) : Optional.empty();
        String typed = cut(place);
        String own = staff.map(one -> county(one.held().division())).orElse("");
        Optional<Division> found = typed.isEmpty() ? Optional.empty() : divisions.find(typed).or(() -> divisions.search(typed, own, 1).stream().findFirst());
        String within = typed.isEmpty() ? own : found.map(Division::code).orElse("-");
        String wanted = Skills.TYPES.contains(skill) ? skill : "";
        String spoken = cut(language);
        String called = staff.isPresent() ? cut(name) : "";
        Optional<List<UUID>> posts = called.isEmpty() ? Optional.empty() : Optional.of(directory.postsByName(called, Role.MEDIATOR, within, clock.instant(), NAMED));
        Page<Entry> page = mediators.list(new Mediators.Filter(within, wanted, spoken, posts), after, PAGE);
        String here = "/mediation/mediators?place=" + in(typed) + "&skill=" + wanted + "&language=" + in(spoken) + "&name=" + in(called);
        ModelAndView shown = new ModelAndView(staff.isPresent() ? "mediation/roster/list" : "mediation/roster/open");
        shown.addObject("asked", new MediatorPage.Asked(typed, wanted, spoken, called, divisions.find(within).map(Division::name)));
        shown.addObject("mediators", pages(page.rows(), staff.isPresent()).stream().filter(one -> staff.isPresent() || !one.name().isEmpty()).toList());
        shown.addObject("next", page.next().map(key -> here + "&after=" + key).orElse(""));
        shown.addObject("first", after.isEmpty() ? "" : here);
        staff.ifPresent(one -> shown.addObject("own", one.has(Role.HEAD) || one.has(Role.MEDIATOR) || one.held().unitType() == UnitType.MEDIATION_COMMITTEE
                ? "/mediation/bodies/" + one.unit() : ""));
        return shown;
    }

    private static String county(String division) {
        return division.substring(0, Math.min(6, division.length()));
    }

    private static String cut(String typed) {
        String line = Words.line(typed);
        return line.length() > 40 ? line.substring(0, 40) : line;
    }

    private static String in(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private List<MediatorPage> pages(List<Entry> entries, boolean inside) {
        Map<UUID, HeldPost> held = mediators.holders(entries.stream().map(Entry::post).toList());
        Map<UUID, Unit> units = directory.units(entries.stream().map(Entry::unit).collect(Collectors.toSet()));
        Map<String, String> places = divisions.namesEver(entries.stream().map(Entry::division).collect(Collectors.toSet()));
        Map<UUID, Integer> loads = inside ? mediators.loads(entries.stream().map(Entry::post).toList()) : Map.of();
        LocalDate today = CivilTime.dateOf(clock.instant());
        return entries.stream().map(entry -> {
            Optional<HeldPost> holder = Optional.ofNullable(held.get(entry.post()));
            return new MediatorPage(entry.post().toString(), holder.map(HeldPost::personName).orElse(""), holder.map(HeldPost::title).orElse(""), entry.unit().toString(),
                    Optional.ofNullable(units.get(entry.unit())).map(Unit::name).orElse(""), places.getOrDefault(entry.division(), entry.division()), entry,
                    loads.getOrDefault(entry.post(), 0), entry.over(today), List.of(), BigDecimal.ZERO, false);
        }).toList();
    }

    @GetMapping("/mediation/mediators/{post}")
    ModelAndView mediator(@PathVariable UUID post) {
        return mediator(post, new TrainingForm("", "", ""), List.of(), HttpStatus.OK);
    }

    private ModelAndView mediator(UUID post, TrainingForm form, List<Refusal> refusals, HttpStatus status) {
        Acting.staff();
        Entry entry = mediators.find(post).orElseThrow(() -> new NoSuchElementException("no such mediator"));
        MediatorPage line = pages(List.of(entry), true).getFirst();
        List<MediatorPage.Training> trainings = mediators.trainings(post);
        LocalDate year = CivilTime.dateOf(clock.instant()).withDayOfYear(1);
        BigDecimal hours = trainings.stream().filter(one -> !one.day().isBefore(year)).map(MediatorPage.Training::hours).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean mayKeep = directory.findUnit(entry.unit()).filter(unit -> RosterKeeping.may(Acting.current(), unit)).isPresent();
        ModelAndView page = new ModelAndView("mediation/roster/mediator", Map.of("page", new MediatorPage(line.post(), line.name(), line.title(), line.unit(), line.unitName(),
                line.place(), entry, line.open(), line.over(), trainings, hours, mayKeep), "form", form, "refusals", refusals));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/mediation/mediators/{post}/training")
    ModelAndView train(@PathVariable UUID post, TrainingForm form, RedirectAttributes redirect) {
        Post of = keeping.post(post);
        List<Refusal> refusals = keeping.train(of, form);
        if (!refusals.isEmpty()) {
            return mediator(post, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.roster.trained"));
        return new ModelAndView("redirect:/mediation/mediators/" + post);
    }

    @GetMapping("/mediation/mediators/{post}/edit")
    ModelAndView edit(@PathVariable UUID post) {
        Post of = keeping.post(post);
        return edit(of, mediators.find(post).map(MediatorForm::of).orElseGet(MediatorForm::blank), List.of(), HttpStatus.OK);
    }

    @PostMapping("/mediation/mediators/{post}/edit")
    ModelAndView keep(@PathVariable UUID post, MediatorForm form, RedirectAttributes redirect) {
        Post of = keeping.post(post);
        List<Refusal> refusals = keeping.keep(of, form);
        if (!refusals.isEmpty()) {
            return edit(of, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.roster.kept"));
        return new ModelAndView("redirect:/mediation/mediators/" + post);
    }

    private ModelAndView edit(Post post, MediatorForm form, List<Refusal> refusals, HttpStatus status) {
        Optional<HeldPost> holder = Optional.ofNullable(mediators.holders(List.of(post.id())).get(post.id()));
        ModelAndView page = new ModelAndView("mediation/roster/edit", Map.of("post", post, "name", holder.map(HeldPost::personName).orElse(""),
                "unit", directory.findUnit(post.unit()).orElseThrow(), "form", form, "refusals", refusals));
        page.setStatus(status);
        return page;
    }

    @GetMapping("/mediation/bodies/{unit}")
    ModelAndView body(@PathVariable UUID unit) {
        return body(unit, new RoomForm("", "", ""), List.of(), HttpStatus.OK);
    }

    private ModelAndView body(UUID unit, RoomForm form, List<Refusal> refusals, HttpStatus status) {
        Actor.Staff staff = Acting.staff();
        Unit of = directory.findUnit(unit).orElseThrow(() -> new NoSuchElementException("no such unit"));
        List<MediatorPage> roster = pages(mediators.of(unit), true);
        boolean mayKeep = RosterKeeping.may(staff, of);
        List<BodyPage.Waiting> waiting = !mayKeep ? List.of() : directory.holders(unit, Role.MEDIATOR, clock.instant()).stream()
                .filter(one -> roster.stream().noneMatch(known -> known.post().equals(one.post().toString())))
                .map(one -> new BodyPage.Waiting(one.post().toString(), one.title(), one.personName())).toList();
        Optional<Body> body = mediators.body(unit);
        ModelAndView page = new ModelAndView("mediation/roster/body", Map.of("page", new BodyPage(unit.toString(), of.name(), divisions.fullName(of.division()), body, roster,
                waiting, roster.isEmpty() || body.filter(one -> one.sort().equals("studio")).isPresent() ? List.of() : lacks(roster.stream().map(MediatorPage::entry).toList()),
                rooms.of(unit).stream().map(room -> new BodyPage.RoomLine(room.id().toString(), room.name(), room.place(), room.seats())).toList(), mayKeep),
                "form", form, "refusals", refusals));
        page.setStatus(status);
        return page;
    }

    /** What the People's Mediation Law, article 8, asks of a committee: three to nine members, a director, women among them. Those hired are not members. */
    static List<String> lacks(List<Entry> roster) {
        List<Entry> members = roster.stream().filter(entry -> !entry.standing().equals("hired")).toList();
        List<String> lacks = new ArrayList<>();
        if (members.size() < LEAST || members.size() > MOST) {
            lacks.add("members");
        }
        if (members.stream().noneMatch(entry -> entry.standing().equals("director"))) {
            lacks.add("director");
        }
        if (members.stream().noneMatch(Entry::woman)) {
            lacks.add("women");
        }
        return lacks;
    }

    @GetMapping("/mediation/bodies/{unit}/edit")
    ModelAndView editBody(@PathVariable UUID unit) {
        Unit of = keeping.kept(unit);
        return editBody(of, mediators.body(unit).map(body -> new BodyForm(body.sort(), body.field(), body.intro(), body.address(), body.phone(), body.listed() ? "true" : ""))
                .orElseGet(() -> new BodyForm("", "", "", "", "", "")), List.of(), HttpStatus.OK);
    }

    @PostMapping("/mediation/bodies/{unit}/edit")
    ModelAndView keepBody(@PathVariable UUID unit, BodyForm form, RedirectAttributes redirect) {
        Unit of = keeping.kept(unit);
        List<Refusal> refusals = keeping.keep(of, form);
        if (!refusals.isEmpty()) {
            return editBody(of, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.roster.kept"));
        return new ModelAndView("redirect:/mediation/bodies/" + unit);
    }

    private static ModelAndView editBody(Unit unit, BodyForm form, List<Refusal> refusals, HttpStatus status) {
        ModelAndView page = new ModelAndView("mediation/roster/body-edit", Map.of("unit", Objects.requireNonNull(unit), "form", form, "refusals", refusals));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/mediation/bodies/{unit}/rooms")
    ModelAndView addRoom(@PathVariable UUID unit, RoomForm form, RedirectAttributes redirect) {
        Unit of = keeping.kept(unit);
        List<Refusal> refusals = keeping.add(of, form);
        if (!refusals.isEmpty()) {
            return body(unit, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.roster.room.added"));
        return new ModelAndView("redirect:/mediation/bodies/" + unit);
    }

    @PostMapping("/mediation/rooms/{id}/end")
    String endRoom(@PathVariable UUID id, RedirectAttributes redirect) {
        UUID unit = keeping.end(id);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.roster.room.ended"));
        return "redirect:/mediation/bodies/" + unit;
    }
}
