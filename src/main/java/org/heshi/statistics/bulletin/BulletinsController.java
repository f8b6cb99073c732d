package org.heshi.statistics.bulletin;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.divisions.Divisions;
import org.heshi.documents.Papers;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.statistics.board.Words;
import org.heshi.statistics.reports.MakeReport;
import org.heshi.statistics.reports.Period;
import org.heshi.statistics.reports.Report;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Monthly bulletins: written and released by the head or a supervisor of a place, read by whoever watches it or a part of it. */
@Controller
class BulletinsController {

    private static final int PAGE = 24;
    /** So many finished months may be told of. */
    private static final int MONTHS = 13;

    private final Bulletins bulletins;
    private final WriteBulletin write;
    private final Divisions divisions;
    private final MessageSource messages;
    private final InstantSource clock;

    BulletinsController(Bulletins bulletins, WriteBulletin write, Divisions divisions, MessageSource messages, InstantSource clock) {
        this.bulletins = bulletins;
        this.write = write;
        this.divisions = divisions;
        this.messages = messages;
        this.clock = clock;
    }

    /** Whoever watches a place, and those to whom its bulletin is addressed: what each of them reads PostgreSQL says. */
    private static void reader() {
        Acting.staffWith(Role.SUPERVISOR, Role.HEAD, Role.DISPATCHER, Role.VERIFIER, Role.AUDITOR, Role.HANDLER);
    }

    static Actor.Staff writer() {
        Actor.Staff staff = Acting.staffWith(Role.HEAD, Role.SUPERVISOR);
        if (staff.scope().isEmpty()) {
            throw new AccessDeniedException("this post watches no place");
        }
        return staff;
    }

    private static boolean writes() {
        return (Acting.staff().has(Role.HEAD) || Acting.staff().has(Role.SUPERVISOR)) && !Acting.staff().scope().isEmpty();
    }

    @GetMapping("/figures/bulletins")
    String list(@RequestParam(defaultValue = "") String after, Locale locale, Model model) {
        reader();
        Words words = new Words(messages, locale);
        Page<Bulletin> page = bulletins.released(Ids.find(after), PAGE);
        model.addAttribute("released", page.rows().stream().map(one -> line(one, words)).toList());
        model.addAttribute("drafts", writes() ? bulletins.drafts().stream().map(one -> line(one, words)).toList() : List.of());
        model.addAttribute("months", writes() ? months(words) : List.of());
        model.addAttribute("next", page.next().map(key -> "/figures/bulletins?after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/figures/bulletins");
        return "statistics/bulletin/list";
    }

    private List<BulletinPage.Choice> months(Words words) {
        List<BulletinPage.Choice> months = new ArrayList<>();
        YearMonth last = lastFinished();
        for (int i = 0; i < MONTHS; i++) {
            months.add(new BulletinPage.Choice(last.minusMonths(i).toString(), Period.month(last.minusMonths(i)).name(words)));
        }
        return months;
    }

    private YearMonth lastFinished() {
        return YearMonth.from(CivilTime.dateOf(clock.instant())).minusMonths(1);
    }

    private BulletinPage.Line line(Bulletin one, Words words) {
        return new BulletinPage.Line("/figures/bulletins/" + one.id(), "/figures/bulletins/" + one.id() + "/paper.pdf", title(one, words), called(one, words),
                one.releasedAt().map(at -> MakeReport.toTheSecond(at, words)).orElse(""));
    }

    private String title(Bulletin one, Words words) {
        return words.t("bulletin.title", called(one.place()), Period.month(one.month()).name(words));
    }

    private String called(String place) {
        return divisions.namesEver(List.of(place)).getOrDefault(place, place);
    }

    private static String called(Bulletin one, Words words) {
        return one.number().map(n -> words.t("bulletin.number", Integer.toString(one.month().getYear()), Integer.toString(n))).orElseGet(() -> words.t("bulletin.draft"));
    }

    @PostMapping("/figures/bulletins")
    String begin(@RequestParam(defaultValue = "") String month, RedirectAttributes redirect) {
        Actor.Staff staff = writer();
        Optional<YearMonth> wanted = CivilTime.month(month).filter(one -> !one.isAfter(lastFinished()) && !one.isBefore(lastFinished().minusMonths(MONTHS - 1L)));
        if (wanted.isEmpty()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("bulletin.no-month"));
            return "redirect:/figures/bulletins";
        }
        return "redirect:/figures/bulletins/" + bulletins.draft(staff.scope(), wanted.get(), staff.unit(), staff.post(), clock.instant());
    }

    private Bulletin get(UUID id) {
        return bulletins.find(id).orElseThrow(() -> new NoSuchElementException("no such bulletin"));
    }

    /** A draft that who acts writes. */
    private Bulletin draft(UUID id) {
        writer();
        return bulletins.find(id).filter(one -> !one.released()).orElseThrow(() -> new NoSuchElementException("no such draft"));
    }

    @GetMapping("/figures/bulletins/{id}")
    ModelAndView page(@PathVariable UUID id, Locale locale) {
        reader();
        Bulletin bulletin = get(id);
        return shown(HttpStatus.OK, bulletin, BulletinForm.of(bulletin), List.of(), locale);
    }

    private ModelAndView shown(HttpStatus status, Bulletin bulletin, BulletinForm form, List<Refusal> refusals, Locale locale) {
        Words words = new Words(messages, locale);
        Optional<WriteBulletin.Told> told = bulletin.released() ? Optional.empty() : Optional.of(write.told(bulletin.place(), bulletin.month(), locale));
        Optional<Instant> counted = bulletin.countedAt().or(() -> told.flatMap(one -> one.report().counted()));
        String replaces = bulletin.released() ? "" : bulletins.numberOf(bulletin.place(), bulletin.month())
                .map(n -> words.t("bulletin.replaces", Integer.toString(bulletin.month().getYear()), Integer.toString(n))).orElse("");
        Optional<Report> report = told.map(WriteBulletin.Told::report);
        ModelAndView shown = new ModelAndView(bulletin.released() ? "statistics/bulletin/released" : "statistics/bulletin/draft");
        shown.addObject("page", new BulletinPage(bulletin, title(bulletin, words), called(bulletin, words), form, told.map(WriteBulletin.Told::words).orElse(List.of()), report,
                words.t("bulletin.counted", counted.map(at -> MakeReport.toTheSecond(at, words)).orElse("—")), told.map(WriteBulletin.Told::digest).orElse(""), replaces,
                bulletin.released() || divisions.find(bulletin.place()).isPresent() ? "" : words.t("bulletin.former", called(bulletin.place())), refusals));
        shown.setStatus(status);
        return shown;
    }

    @PostMapping("/figures/bulletins/{id}")
    ModelAndView save(@PathVariable UUID id, BulletinForm form, Locale locale, RedirectAttributes redirect) {
        Bulletin bulletin = draft(id);
        List<Refusal> refusals = new ArrayList<>(form.refusals());
        if (refusals.isEmpty() && !bulletins.save(id, form, Acting.staff().post(), clock.instant())) {
            refusals.add(Refusal.of("bulletin-changed"));
        }
        if (!refusals.isEmpty()) {
            return shown(HttpStatus.UNPROCESSABLE_CONTENT, bulletin, form, refusals, locale);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("bulletin.saved"));
        return new ModelAndView("redirect:/figures/bulletins/" + id);
    }

    @PostMapping("/figures/bulletins/{id}/drop")
    String drop(@PathVariable UUID id, RedirectAttributes redirect) {
        draft(id);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, bulletins.drop(id) ? Flash.done("bulletin.dropped") : Flash.warning("bulletin.gone"));
        return "redirect:/figures/bulletins";
    }

    /** Releases the draft with the figures that were on the screen, and no others. Words that were typed and not saved are kept, and looked at once more before they go out. */
    @PostMapping("/figures/bulletins/{id}/release")
    ModelAndView release(@PathVariable UUID id, @RequestParam Optional<String> foreword, @RequestParam Optional<String> remarks, @RequestParam(defaultValue = "") String revision,
            @RequestParam(defaultValue = "") String digest, Locale locale, RedirectAttributes redirect) {
        Bulletin bulletin = draft(id);
        BulletinForm typed = new BulletinForm(foreword.orElse(bulletin.foreword()), remarks.orElse(bulletin.remarks()), revision);
        if (!typed.foreword().equals(bulletin.foreword()) || !typed.remarks().equals(bulletin.remarks())) {
            ModelAndView saved = save(id, typed, locale, redirect);
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("bulletin.saved-first"));
            return saved;
        }
        Instant now = clock.instant();
        BulletinForm form = BulletinForm.of(bulletin);
        WriteBulletin.Told told = write.told(bulletin.place(), bulletin.month(), Locale.SIMPLIFIED_CHINESE);
        if (!revision.equals(Integer.toString(bulletin.revision())) || !told.digest().equals(digest)) {
            return shown(HttpStatus.UNPROCESSABLE_CONTENT, bulletin, form, List.of(Refusal.of("bulletin-changed")), locale);
        }
        int number = bulletins.next(bulletin.place(), bulletin.month().getYear());
        return switch (write.paper(bulletin, told, Optional.of(number), bulletins.numberOf(bulletin.place(), bulletin.month()), now)) {
            case Papers.Rendered.Refused(List<Refusal> refusals) -> shown(HttpStatus.UNPROCESSABLE_CONTENT, bulletin, form,
                    refusals.stream().map(one -> Refusal.of(one.code(), one.arguments().toArray())).distinct().toList(), locale);
            case Papers.Rendered.Done done -> {
                if (!bulletins.release(bulletin, number, done.pdf(), told.report().counted().orElse(now), Acting.staff().post(), now)) {
                    yield shown(HttpStatus.UNPROCESSABLE_CONTENT, get(id), form, List.of(Refusal.of("bulletin-changed")), locale);
                }
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("bulletin.released", number));
                yield new ModelAndView("redirect:/figures/bulletins/" + id);
            }
        };
    }

    /** What was released, byte for byte; of a draft how it would look, marked as one. */
    @GetMapping("/figures/bulletins/{id}/paper.pdf")
    ResponseEntity<byte[]> paper(@PathVariable UUID id) {
        reader();
        Bulletin bulletin = get(id);
        byte[] pdf = bulletins.pdf(id).orElseGet(() -> switch (write.paper(bulletin, write.told(bulletin.place(), bulletin.month(), Locale.SIMPLIFIED_CHINESE), Optional.empty(),
                bulletins.numberOf(bulletin.place(), bulletin.month()), clock.instant())) {
            case Papers.Rendered.Done done -> done.pdf();
            // a character that no font has: the page itself still shows what was written, and releasing says which
            case Papers.Rendered.Refused _ -> throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
        });
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                .filename("bulletin-" + bulletin.place() + "-" + bulletin.month() + (bulletin.released() ? "-" + bulletin.version() : "-draft") + ".pdf").build().toString()).body(pdf);
    }
}
