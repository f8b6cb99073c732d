package org.heshi.mediation.unusual;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.matters.MatterRows;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Agreements that look unusual: the facts, and what a supervisor found. Whether something is wrong is for people to say. */
@Controller
class UnusualController {

    private static final String ABOUT = "(text|signature):[0-9a-f]{64}|(device|quick|handed):[0-9a-f-]{36}|close:[0-9a-f-]{36}:[0-9a-f-]{36}|oral:[0-9a-f-]{36}:[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final int WORDS = 2000;

    private final Prints prints;
    private final UnusualSettings settings;
    private final MatterRows matters;
    private final Directory directory;
    private final InstantSource clock;

    UnusualController(Prints prints, UnusualSettings settings, MatterRows matters, Directory directory, InstantSource clock) {
        this.prints = prints;
        this.settings = settings;
        this.matters = matters;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/mediation/unusual")
    ModelAndView page(@RequestParam(defaultValue = "") String month) {
        return page(month, List.of(), HttpStatus.OK);
    }

    private ModelAndView page(String typed, List<Refusal> refusals, HttpStatus status) {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.AUDITOR);
        if (staff.scope().isEmpty()) {
            throw new AccessDeniedException("this post watches no place");
        }
        YearMonth month = CivilTime.monthUpTo(clock.instant(), typed);
        Instant from = CivilTime.startOf(month.atDay(1));
        Instant to = CivilTime.startOf(month.plusMonths(1).atDay(1));
        List<Prints.Alike> texts = prints.alike("text", staff.scope(), from, to);
        List<Prints.Alike> signatures = prints.alike("signature", staff.scope(), from, to);
        List<Prints.Close> close = prints.close(staff.scope(), from, to, settings.within().toSeconds());
        List<Prints.Bulk> bulk = prints.bulk(staff.scope(), from, to, settings.oral());
        List<Prints.Together> device = prints.device(staff.scope(), from, to);
        List<Prints.Together> quick = prints.quick(staff.scope(), from, to, settings.signed().toSeconds());
        List<Prints.Together> handed = prints.handed(staff.scope(), from, to, settings.handed().toSeconds());
        List<Prints.Together> together = Stream.of(device, quick, handed).flatMap(List::stream).toList();
        Map<UUID, UnusualPage.Case> cases = cases(Stream.of(texts.stream().flatMap(one -> one.matters().stream()), signatures.stream().flatMap(one -> one.matters().stream()),
                close.stream().flatMap(one -> Stream.of(one.earlier(), one.later())), together.stream().map(Prints.Together::matter)).flatMap(one -> one).distinct().toList());
        List<Prints.Note> notes = prints.notes(Stream.of(texts.stream().map(Prints.Alike::about), signatures.stream().map(Prints.Alike::about), close.stream().map(Prints.Close::about),
                bulk.stream().map(Prints.Bulk::about), together.stream().map(Prints.Together::about)).flatMap(one -> one).toList());
        Map<UUID, Person> people = directory.people(notes.stream().map(Prints.Note::person).collect(Collectors.toSet()));
        Map<String, List<UnusualPage.Note>> noted = notes.stream().collect(Collectors.groupingBy(Prints.Note::about, Collectors.mapping(note -> new UnusualPage.Note(note.words(),
                Optional.ofNullable(people.get(note.person())).map(Person::name).orElse(""), note.at()), Collectors.toList())));
        Map<UUID, Unit> units = directory.units(close.stream().map(Prints.Close::unit).collect(Collectors.toSet()));
        Map<UUID, String> mediators = directory.holdersOf(bulk.stream().map(Prints.Bulk::post).collect(Collectors.toSet()), clock.instant()).stream()
                .collect(Collectors.toMap(HeldPost::post, held -> held.personName() + " · " + held.unitName(), (one, _) -> one));
        List<UnusualPage.Section> sections = List.of(
                new UnusualPage.Section("text", alike(texts, cases, noted)),
                new UnusualPage.Section("signature", alike(signatures, cases, noted)),
                new UnusualPage.Section("close", close.stream().filter(one -> cases.containsKey(one.earlier()) && cases.containsKey(one.later())).map(one -> new UnusualPage.Item(one.about(),
                        Optional.ofNullable(units.get(one.unit())).map(Unit::name).orElse(""), CivilTime.dateOf(one.at()).toString(), one.seconds(),
                        List.of(cases.get(one.earlier()), cases.get(one.later())), noted.getOrDefault(one.about(), List.of()))).toList()),
                new UnusualPage.Section("device", together(device, cases, noted)),
                new UnusualPage.Section("quick", together(quick, cases, noted)),
                new UnusualPage.Section("handed", together(handed, cases, noted)),
                new UnusualPage.Section("oral", bulk.stream().map(one -> new UnusualPage.Item(one.about(), mediators.getOrDefault(one.post(), "—"), one.day(), one.count(), List.of(),
                        noted.getOrDefault(one.about(), List.of()))).toList()));
        ModelAndView shown = new ModelAndView("mediation/unusual/page", Map.of("page", new UnusualPage(month.toString(), sections, settings.within().toSeconds(), settings.oral(), settings.signed().toSeconds(), settings.handed().toMinutes(),
                staff.has(Role.SUPERVISOR)), "refusals", refusals));
        shown.setStatus(status);
        return shown;
    }

    private static List<UnusualPage.Item> alike(List<Prints.Alike> found, Map<UUID, UnusualPage.Case> cases, Map<String, List<UnusualPage.Note>> noted) {
        return found.stream().map(one -> new UnusualPage.Item(one.about(), "", CivilTime.dateOf(one.at()).toString(), one.matters().size(),
                one.matters().stream().filter(cases::containsKey).map(cases::get).toList(), noted.getOrDefault(one.about(), List.of())))
                .filter(item -> item.cases().size() > 1).toList();
    }

    private static List<UnusualPage.Item> together(List<Prints.Together> found, Map<UUID, UnusualPage.Case> cases, Map<String, List<UnusualPage.Note>> noted) {
        return found.stream().filter(one -> cases.containsKey(one.matter())).map(one -> new UnusualPage.Item(one.about(), "", CivilTime.dateOf(one.at()).toString(), one.amount(),
                List.of(cases.get(one.matter())), noted.getOrDefault(one.about(), List.of()))).toList();
    }

    private Map<UUID, UnusualPage.Case> cases(List<UUID> ids) {
        Map<UUID, UnusualPage.Case> cases = new java.util.HashMap<>();
        for (int from = 0; from < ids.size(); from += 200) {
            matters.rows(ids.subList(from, Math.min(from + 200, ids.size()))).forEach(row -> cases.put(row.id(), new UnusualPage.Case(row.number().shown(), "/matters/" + row.number().digits())));
        }
        return cases;
    }

    @PostMapping("/mediation/unusual")
    ModelAndView note(@RequestParam(defaultValue = "") String about, @RequestParam(defaultValue = "") String words, @RequestParam(defaultValue = "") String month,
            RedirectAttributes redirect) {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR);
        if (staff.scope().isEmpty()) {
            throw new AccessDeniedException("this post watches no place");
        }
        String found = Words.clean(words);
        List<Refusal> refusals = new ArrayList<>();
        if (!about.matches(ABOUT)) {
            refusals.add(Refusal.of("bad-form"));
        }
        if (found.isEmpty()) {
            refusals.add(Refusal.of("mediation-unusual-empty"));
        } else if (Words.length(found) > WORDS) {
            refusals.add(Refusal.of("too-long", WORDS, Words.length(found)));
        }
        if (!refusals.isEmpty()) {
            return page(month, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        prints.note(staff.scope(), about, found, clock.instant(), staff.person(), staff.post());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.unusual.noted"));
        return new ModelAndView("redirect:/mediation/unusual?month=" + CivilTime.monthUpTo(clock.instant(), month));
    }
}
