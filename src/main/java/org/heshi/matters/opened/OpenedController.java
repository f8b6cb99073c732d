package org.heshi.matters.opened;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Openings;
import org.heshi.access.Openings.Ground;
import org.heshi.access.Openings.Opening;
import org.heshi.access.Throttle;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.divisions.Level;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.matters.queue.Line;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Opening a matter in which one has no part, for a given reason and a limited time, only to read. Who they are was proved again before the form
 * ({@code ConfirmFirst}). A number that is not there, lies in another county or is about who asks answers the same.
 */
@Controller
class OpenedController {

    private static final int PAGE = 30;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 500;
    private static final int TRIES_AN_HOUR = 10;

    private final Openings openings;
    private final MatterViews views;
    private final MatterRows rows;
    private final Directory directory;
    private final Throttle throttle;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    OpenedController(Openings openings, MatterViews views, MatterRows rows, Directory directory, Throttle throttle, JdbcClient jdbc, TransactionTemplate transactions) {
        this.openings = openings;
        this.views = views;
        this.rows = rows;
        this.directory = directory;
        this.throttle = throttle;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {

        @Bean
        static MenuItem openedForAReason() {
            return new MenuItem("opened.menu", "/opened", "alert", 29, Set.of(Role.SUPERVISOR.code(), Role.AUDITOR.code()));
        }
    }

    // ---- opening

    @GetMapping("/opened/new")
    ModelAndView form(@RequestParam(defaultValue = "") String number) {
        mayAsk();
        return form(number, "", "", List.of());
    }

    @PostMapping("/opened/new")
    ModelAndView open(@RequestParam(defaultValue = "") String number, @RequestParam(defaultValue = "") String ground, @RequestParam(defaultValue = "") String words,
            RedirectAttributes redirect) {
        Actor.Staff staff = mayAsk();
        Optional<MatterNumber> parsed = MatterNumber.parse(number);
        Optional<Ground> chosen = Arrays.stream(Ground.values()).filter(one -> one.code().equals(ground)).findFirst();
        List<Refusal> refusals = refusals(parsed, chosen, words.strip());
        if (refusals.isEmpty() && !throttle.tryTake("opening", staff.person().toString(), TRIES_AN_HOUR, Duration.ofHours(1))) {
            refusals = List.of(Refusal.of("opening-throttled", TRIES_AN_HOUR));
        }
        if (!refusals.isEmpty()) {
            return form(number, ground, words, refusals);
        }
        if (views.find(parsed.orElseThrow()).isPresent()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("opened.not-needed"));
            return new ModelAndView("redirect:/matters/" + parsed.get().digits());
        }
        Optional<UUID> matter = openable(parsed.get(), staff);
        if (matter.isEmpty()) {
            return form(number, ground, words, List.of(Refusal.at("number", "opening-unknown")));
        }
        return new ModelAndView("redirect:/opened/" + openings.open(matter.get(), chosen.orElseThrow(), words));
    }

    private List<Refusal> refusals(Optional<MatterNumber> number, Optional<Ground> ground, String words) {
        List<Refusal> refusals = new ArrayList<>();
        if (!openings.mayOpen()) {
            refusals.add(Refusal.of("opening-not-allowed"));
        }
        if (number.isEmpty()) {
            refusals.add(Refusal.at("number", "follow-not-a-number"));
        }
        if (ground.isEmpty()) {
            refusals.add(Refusal.at("ground", "required"));
        }
        if (words.length() < SHORTEST) {
            refusals.add(Refusal.at("words", "opening-words", SHORTEST));
        } else if (words.length() > LONGEST) {
            refusals.add(Refusal.at("words", "too-long", LONGEST, words.length()));
        }
        return refusals;
    }

    /** Of the post's own county, whichever unit it is in. */
    private Optional<UUID> openable(MatterNumber number, Actor.Staff staff) {
        String division = staff.held().division();
        String county = division.substring(0, Math.min(Level.COUNTY.digits(), division.length()));
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select o from matters.openable(?, ?) o where o is not null").params(number.digits(), county)
                .query(UUID.class).optional()));
    }

    private ModelAndView form(String number, String ground, String words, List<Refusal> refusals) {
        ModelAndView form = new ModelAndView("matters/opened/form", Map.of("form", new OpeningForm(number, ground, words, refusals, openings.mayOpen(),
                openings.lasts().toMinutes())));
        form.setStatus(refusals.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
        return form;
    }

    /** Whom the access table lets open a matter; the setting may let in fewer, which the page says. */
    private static Actor.Staff mayAsk() {
        return Acting.staffWith(Arrays.stream(Role.values()).filter(Openings::allowed).toArray(Role[]::new));
    }

    @GetMapping("/opened/{id}")
    ModelAndView matter(@PathVariable UUID id) {
        mayAsk();
        Opening opening = openings.running(id).orElseThrow(() -> new NoSuchElementException("nothing that who asks opened, or its time is over"));
        OpenedPage page = openings.reading(opening, () -> {
            MatterViews.MatterView matter = views.get(opening.matter());
            return new OpenedPage(opening, matter, Line.level(matter.level()), views.history(opening.matter()).reversed().stream().map(OpenedController::withoutFiles).toList());
        });
        return new ModelAndView("matters/opened/matter", Map.of("page", page));
    }

    private static HistoryItem withoutFiles(HistoryItem item) {
        return new HistoryItem(item.seq(), item.action(), item.title(), item.says(), item.actor(), item.recorded(), item.occurred(), item.from(), item.to(),
                item.shown(), List.of(), item.digest(), item.paper());
    }

    // ---- the list, and what auditors say

    @GetMapping("/opened")
    ModelAndView list(@RequestParam(defaultValue = "") String after) {
        return list(after, Optional.empty(), "", List.of());
    }

    private ModelAndView list(String after, Optional<UUID> refused, String typed, List<Refusal> refusals) {
        Actor.Staff staff = Acting.staffWith(Stream.concat(Stream.of(Role.AUDITOR), Arrays.stream(Role.values()).filter(Openings::allowed)).toArray(Role[]::new));
        boolean auditor = staff.has(Role.AUDITOR);
        List<Opening> running = openings.running();
        Page<Opening> all = Page.cut(auditor ? openings.all(Ids.find(after), PAGE + 1) : List.of(), PAGE, last -> last.id().toString());
        List<Opening> shown = Stream.concat(running.stream(), all.rows().stream()).toList();
        Map<UUID, Unit> units = directory.units(shown.stream().map(Opening::unit).distinct().toList());
        Map<UUID, MatterRows.Row> matters = rows.rows(shown.stream().map(Opening::matter).distinct().toList()).stream()
                .collect(Collectors.toMap(MatterRows.Row::id, Function.identity()));
        Function<Opening, OpeningsPage.Line> line = opening -> new OpeningsPage.Line(opening.id(), Optional.ofNullable(units.get(opening.unit())).map(Unit::name).orElse(""),
                Optional.ofNullable(matters.get(opening.matter())).map(MatterRows.Row::number), ground(opening.ground()), opening.words(), opening.openedAt(),
                opening.until(), opening.judgement(), opening.person().equals(staff.person()));
        ModelAndView page = new ModelAndView("matters/opened/list", Map.of("page", new OpeningsPage(running.stream().map(line).toList(), all.rows().stream().map(line).toList(),
                auditor, openings.mayOpen(), all.next().map(key -> "/opened?after=" + key).orElse(""), refused, typed, refusals)));
        page.setStatus(refusals.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    /** Message key of a ground. */
    public static String ground(Ground ground) {
        return "opened.ground." + ground.code();
    }

    @PostMapping("/opened/{id}/judge")
    ModelAndView judge(@PathVariable UUID id, @RequestParam(defaultValue = "") String justified, @RequestParam(defaultValue = "") String remark, RedirectAttributes redirect) {
        Acting.staffWith(Role.AUDITOR);
        List<Refusal> refusals = new ArrayList<>();
        if (!justified.equals("yes") && !justified.equals("no")) {
            refusals.add(Refusal.at("justified-" + id, "required"));
        }
        if (remark.isBlank()) {
            refusals.add(Refusal.at("remark-" + id, "required"));
        } else if (remark.strip().length() > LONGEST) {
            refusals.add(Refusal.at("remark-" + id, "too-long", LONGEST, remark.strip().length()));
        }
        if (!refusals.isEmpty()) {
            return list("", Optional.of(id), remark, refusals);
        }
        if (!openings.judge(id, justified.equals("yes"), remark)) {
            throw new NoSuchElementException("no opening that who asks may judge");
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("opened.judged"));
        return new ModelAndView("redirect:/opened");
    }
}
