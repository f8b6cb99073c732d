package org.heshi.mediation.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers.Rendered;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.MatterRows;
import org.heshi.mediation.papers.CasePapers.Kept;
import org.heshi.mediation.papers.PapersPage.Bound;
import org.heshi.mediation.papers.PapersPage.Issued;
import org.heshi.mediation.papers.PapersPage.Line;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The papers of a case for the committee that mediates it: what is needed, what is there, what is missing, and the file of them all. */
@Controller
class CasePapersController {

    private final CaseReader cases;
    private final CasePapers papers;
    private final CaseFile file;
    private final MatterRows matters;
    private final Looks looks;
    private final PaperSettings settings;
    private final Endings endings;

    CasePapersController(CaseReader cases, CasePapers papers, CaseFile file, MatterRows matters, Looks looks, PaperSettings settings, Endings endings) {
        this.endings = endings;
        this.cases = cases;
        this.papers = papers;
        this.file = file;
        this.matters = matters;
        this.looks = looks;
        this.settings = settings;
    }

    @GetMapping("/mediation/{number}/papers")
    ModelAndView show(@PathVariable String number, Locale locale) {
        staff();
        UUID matter = matter(number);
        Optional<Case> known = mine(matter);
        MatterNumber shown = MatterNumber.parse(number).orElseThrow();
        if (known.isEmpty()) {
            looks.record(matter);
            return view(empty(shown, false, List.of()), HttpStatus.OK);
        }
        if (erased(matter)) {
            looks.record(matter);
            return view(empty(shown, true, List.of()), HttpStatus.OK);
        }
        return view(page(known.get(), locale, settings.retention().code(), "", List.of()), HttpStatus.OK);
    }

    /** How a paper would look now, as a file, as papers are. */
    @GetMapping("/mediation/{number}/papers/{kind}/{about}")
    ResponseEntity<byte[]> preview(@PathVariable String number, @PathVariable String kind, @PathVariable String about, Locale locale) {
        staff();
        Case known = known(number);
        if (erased(known.matter())) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, "/mediation/" + known.number().digits() + "/papers").build();
        }
        Slot slot = slot(known, kind, about);
        return switch (papers.preview(known, slot)) {
            case Rendered.Done(byte[] pdf, int _) -> ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).cacheControl(CacheControl.noStore().cachePrivate())
                    .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(papers.title(slot, Locale.SIMPLIFIED_CHINESE) + ".pdf", StandardCharsets.UTF_8)
                            .build().toString())
                    .header("X-Content-Type-Options", "nosniff").header("Content-Security-Policy", "default-src 'none'; sandbox")
                    .header("Cross-Origin-Resource-Policy", "same-origin").body(pdf);
            // the page says why: nothing of the paper can be shown
            case Rendered.Refused(List<Refusal> _) -> ResponseEntity.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, "/mediation/" + known.number().digits() + "/papers/"
                    + slot.kind() + "/" + slot.about() + "/refused").build();
        };
    }

    /** Nothing is left to print, and the page says that and no more. */
    private ModelAndView erased(Case known) {
        return view(empty(known.number(), true, List.of(Refusal.of("mediation-papers-erased"))), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private boolean erased(UUID matter) {
        return endings.of(matter).flatMap(Endings.Ending::erasedAt).isPresent();
    }

    private PapersPage empty(MatterNumber number, boolean erased, List<Refusal> refusals) {
        return new PapersPage(number, erased, erased, false, "", List.of(), 0, List.of(), false, List.of(), settings.retention().code(), "", refusals);
    }

    @GetMapping("/mediation/{number}/papers/{kind}/{about}/refused")
    ModelAndView refused(@PathVariable String number, @PathVariable String kind, @PathVariable String about, Locale locale) {
        staff();
        Case known = known(number);
        if (erased(known.matter())) {
            return erased(known);
        }
        Slot slot = slot(known, kind, about);
        List<Refusal> refusals = papers.preview(known, slot) instanceof Rendered.Refused(List<Refusal> all)
                ? all.stream().map(refusal -> new Refusal(refusal.code(), "", refusal.arguments())).distinct().toList() : List.of();
        return view(page(known, locale, settings.retention().code(), "", refusals), refusals.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @PostMapping("/mediation/{number}/papers/{kind}/{about}")
    ModelAndView issue(@PathVariable String number, @PathVariable String kind, @PathVariable String about, Locale locale, RedirectAttributes redirect) {
        staff();
        Case known = known(number);
        if (erased(known.matter())) {
            return erased(known);
        }
        Slot slot = slot(known, kind, about);
        List<Refusal> refusals = papers.issue(known, slot);
        if (!refusals.isEmpty()) {
            return view(page(known, locale, settings.retention().code(), "", refusals), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.papers.done", papers.title(slot, locale)));
        return back(known);
    }

    /** All that the file needs and that can be filled; one that is refused keeps no other back. */
    @PostMapping("/mediation/{number}/papers")
    ModelAndView issueAll(@PathVariable String number, Locale locale, RedirectAttributes redirect) {
        staff();
        Case known = known(number);
        if (erased(known.matter())) {
            return erased(known);
        }
        List<Refusal> refusals = new ArrayList<>();
        int done = 0;
        for (Kept one : papers.of(known)) {
            if (one.ready() && !sealing(one.slot())) {
                List<Refusal> against = papers.issue(known, one.slot());
                refusals.addAll(against);
                done += against.isEmpty() ? 1 : 0;
            }
        }
        if (!refusals.isEmpty()) {
            return view(page(known, locale, settings.retention().code(), "", refusals.stream().distinct().toList()), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.papers.done-all", done));
        return back(known);
    }

    @PostMapping("/mediation/{number}/papers/file")
    ModelAndView bind(@PathVariable String number, @RequestParam(defaultValue = "") String retention, @RequestParam(defaultValue = "") String note, Locale locale,
            RedirectAttributes redirect) {
        staff();
        Case known = known(number);
        if (erased(known.matter())) {
            return erased(known);
        }
        Optional<Retention> term = Stream.of(Retention.values()).filter(one -> one.code().equals(retention)).findFirst();
        List<Refusal> refusals = new ArrayList<>();
        if (term.isEmpty()) {
            refusals.add(Refusal.at("retention", "required"));
        }
        if (note.length() > 1000) {
            refusals.add(Refusal.at("note", "too-long", 1000));
        }
        if (refusals.isEmpty()) {
            switch (file.bind(known, term.orElseThrow(), note)) {
                case CaseFile.Answer.Done(var bound) -> {
                    redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.papers.file.done", bound.pages()));
                    return back(known);
                }
                case CaseFile.Answer.Refused(List<Refusal> all) -> refusals.addAll(all);
            }
        }
        return view(page(known, locale, retention, note, refusals), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    // ----

    /** Who works on cases: papers say who the parties are and where they live. */
    private static Actor.Staff staff() {
        return Acting.staffWith(Role.MEDIATOR, Role.HANDLER, Role.HEAD);
    }

    private UUID matter(String number) {
        return MatterNumber.parse(number).flatMap(matters::find).orElseThrow(() -> new NoSuchElementException("no matter that who looks may see"));
    }

    /** The case, when it was taken up by the unit of who looks. @throws NoSuchElementException when it is another's */
    private Optional<Case> mine(UUID matter) {
        Actor.Staff staff = staff();
        Optional<Case> known = cases.find(matter);
        if (known.isPresent() && !known.get().dispute().unit().equals(staff.unit())) {
            throw new NoSuchElementException("no case of the unit of who looks");
        }
        return known;
    }

    private Case known(String number) {
        return mine(matter(number)).orElseThrow(() -> new NoSuchElementException("nobody took it up"));
    }

    private Slot slot(Case known, String kind, String about) {
        int of = about.matches("[0-9]{1,9}") ? Integer.parseInt(about) : -1;
        return papers.of(known).stream().map(Kept::slot).filter(slot -> slot.of(kind, of) && slot.content().isPresent()).findFirst()
                .orElseThrow(() -> new NoSuchElementException("no such paper of this case"));
    }

    /** The agreement comes with the act that puts it in force, and not before. */
    private static boolean sealing(Slot slot) {
        return slot.kind().equals(CasePapers.AGREEMENT);
    }

    private PapersPage page(Case known, Locale locale, String retention, String note, List<Refusal> refusals) {
        // names stand in the titles
        looks.record(known.matter(), Looks.What.CONTACTS);
        List<Line> lines = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        int ready = 0;
        boolean partly = false;
        for (Kept one : papers.of(known)) {
            partly |= one.forgotten();
            String title = papers.title(one.slot(), locale);
            boolean waits = sealing(one.slot()) && known.dispute().inForceAt().isEmpty();
            String state = one.paper().isPresent() ? "issued" : one.erased() ? "erased" : one.ready() && !waits ? "ready" : one.missing() ? "missing" : "possible";
            ready += state.equals("ready") && !sealing(one.slot()) ? 1 : 0;
            if (one.missing() && (one.slot().content().isEmpty() || waits)) {
                missing.add(title);
            }
            lines.add(new Line(title, one.slot().kind(), one.slot().about(), state, one.slot().content().isPresent(), one.paper().map(CasePapersController::issued),
                    one.slot().scans().size()));
        }
        List<Bound> bound = file.of(known).stream().filter(one -> !one.forgotten()).map(one -> new Bound(one.id(), one.at(), one.pages(), one.sha256())).toList();
        return new PapersPage(known.number(), true, false, partly, known.caseNumber().map(number -> number.shown()).orElse(""), lines, ready, missing, known.dispute().endedAt().isPresent(),
                bound, retention, note, refusals);
    }

    private static Issued issued(Paper paper) {
        return new Issued(paper.id(), paper.newest().version(), paper.number(), paper.newest().at(), paper.newest().pages());
    }

    private static ModelAndView view(PapersPage page, HttpStatus status) {
        ModelAndView view = new ModelAndView("mediation/papers/page", Map.of("page", page));
        view.setStatus(status);
        return view;
    }

    private static ModelAndView back(Case known) {
        ModelAndView redirect = new ModelAndView("redirect:/mediation/" + known.number().digits() + "/papers");
        redirect.setStatus(HttpStatus.SEE_OTHER);
        return redirect;
    }
}
