package org.heshi.matters.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.QrCode;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.PrivacyNotice;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Asked;
import org.heshi.matters.form.Forms;
import org.heshi.matters.form.Option;
import org.heshi.matters.form.Setting;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedure.Who;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.Row;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Registering what a caller tells, on one page and by keyboard alone. The same trouble at the same place is asked about once before a second
 * number is given; sorting at once is a second act of the same press of the button.
 */
@Controller
class DeskController {

    private static final String SORT = "sort";
    private static final String LINK = "link";
    private static final int FOUND = 8;

    private final Matters matters;
    private final MatterViews views;
    private final Forms forms;
    private final Procedures procedures;
    private final Categories categories;
    private final Divisions divisions;
    private final SameTrouble sameTrouble;
    private final Looks looks;
    private final PrivacyNotice notice;
    private final InstantSource clock;
    private final String baseUrl;

    DeskController(Matters matters, MatterViews views, Forms forms, Procedures procedures, Categories categories, Divisions divisions,
            SameTrouble sameTrouble, Looks looks, PrivacyNotice notice, InstantSource clock,
            @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.matters = matters;
        this.views = views;
        this.forms = forms;
        this.procedures = procedures;
        this.categories = categories;
        this.divisions = divisions;
        this.sameTrouble = sameTrouble;
        this.looks = looks;
        this.notice = notice;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    @GetMapping("/desk/register")
    ModelAndView form() {
        return blank(Way.WINDOW);
    }

    @GetMapping("/desk/round")
    ModelAndView round() {
        return blank(Way.ROUND);
    }

    private ModelAndView blank(Way way) {
        ActionForm form = forms.blank(action(way), 0, setting(way), Map.of("channel", List.of("window"), "level", List.of("blue")));
        return shown(HttpStatus.OK, page(way, categoryBySearch(form, "", false), "", Optional.empty()));
    }

    @PostMapping("/desk/register")
    ModelAndView register(@RequestParam(defaultValue = "") String kind, @RequestParam(defaultValue = "") String same,
            @RequestParam(name = "same-link", defaultValue = "") String link, HttpServletRequest request) {
        return register(Way.WINDOW, kind, same, link, request);
    }

    /** What a grid worker found on a round and settled there: one form, and somebody else checks. */
    @PostMapping("/desk/round")
    ModelAndView settled(HttpServletRequest request) {
        return register(Way.ROUND, "", "", "", request);
    }

    private ModelAndView register(Way way, String kind, String same, String link, HttpServletRequest request) {
        ActionForm read = forms.read(action(way), setting(way), request);
        String typed = Optional.ofNullable(request.getParameter("category.find")).orElse("").strip();
        ActionForm form = onlyFound(categoryBySearch(read, typed, read.search().filter("category"::equals).isPresent()));
        List<Refusal> refusals = new ArrayList<>(sortRefusals(form, kind));
        if (form.search().isPresent()) {
            return shown(HttpStatus.OK, page(way, form, kind, Optional.empty()));
        }
        if (!form.ready() || !refusals.isEmpty()) {
            return shown(HttpStatus.UNPROCESSABLE_CONTENT, page(way, form.refused(refusals), kind, Optional.empty()));
        }
        // somebody asks again about what is open; what is settled is settled
        Optional<Row> known = way == Way.WINDOW && same.isEmpty() ? sameTrouble(form) : Optional.empty();
        if (known.isPresent()) {
            return shown(HttpStatus.OK, page(way, form, kind, known));
        }
        return switch (matters.act(way.act(input(form), form.key()))) {
            case Answer.Done done -> receipt(way, form, done, kind, link.equals("yes") ? same : "");
            case Answer.Refused refused -> shown(HttpStatus.UNPROCESSABLE_CONTENT, page(way, form.refused(refused.refusals()), kind, Optional.empty()));
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    /** What was typed; a trouble without a place is at the place of the window. */
    private Map<String, Object> input(ActionForm form) {
        Map<String, Object> input = new LinkedHashMap<>(form.input());
        if (form.action().findField("notice").isPresent()) {
            input.put("notice", Integer.toString(notice.version()));
        }
        if (form.action().findField("place").isPresent()) {
            input.putIfAbsent("place", Acting.staff().held().division());
        }
        return input;
    }

    private ModelAndView receipt(Way way, ActionForm form, Answer.Done done, String kind, String same) {
        List<Refusal> unsorted = new ArrayList<>();
        int version = done.version();
        if (!done.held() && views.find(done.number()).isEmpty()) {
            // it is about an office and went straight to who receives that: what follows is theirs, and the code is the reporter's all the same
            return receipt(way, done, field(form, "title").map(Asked::value).orElse(""), "", clock.instant(), List.of());
        }
        if (!same.isEmpty()) {
            version = then(done, LINK, Map.of("other", same), version, form.key(), unsorted);
        }
        if (!kind.isEmpty()) {
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("kind", kind);
            List.of("category", "level", "place").forEach(name -> field(form, name).filter(Asked::filled).ifPresent(f -> input.put(name, f.value())));
            input.putIfAbsent("level", "blue");
            then(done, SORT, input, version, form.key(), unsorted);
        }
        Row matter = views.rows(List.of(done.matter())).getFirst();
        return receipt(way, done, matter.title(), divisions.fullName(matter.division()), matter.recordedAt(), unsorted);
    }

    private ModelAndView receipt(Way way, Answer.Done done, String title, String place, Instant at, List<Refusal> unsorted) {
        return new ModelAndView("matters/desk/receipt", Map.of("receipt", new Receipt(way, done.number(), done.code().orElse(""),
                title, place, Acting.staff().held().unitName(), at, QrCode.of(baseUrl + "/follow/" + done.number().digits()), notice.version(), unsorted)));
    }

    /** One more act on the matter just made. The answer to the same press of the button sent twice is the same, so its version is the next one. */
    private int then(Answer.Done done, String action, Map<String, Object> input, int version, String key, List<Refusal> unsorted) {
        return switch (matters.act(Act.on(done.matter(), action, input, version, key + "-" + action))) {
            case Answer.Done next -> next.version();
            case Answer.Refused refused -> {
                unsorted.addAll(refused.refusals());
                yield version;
            }
            case Answer.Stale stale -> {
                unsorted.add(Refusal.of("matters-moved-on"));
                yield stale.version();
            }
        };
    }

    /** Sorting asks for a category; it is said here, before a number was given. */
    private List<Refusal> sortRefusals(ActionForm form, String kind) {
        if (kind.isEmpty()) {
            return List.of();
        }
        List<Refusal> refusals = new ArrayList<>();
        if (kinds().stream().noneMatch(option -> option.value().equals(kind))) {
            refusals.add(Refusal.at("kind", "desk-kind-unknown"));
        }
        if (field(form, "category").filter(Asked::filled).isEmpty()) {
            refusals.add(Refusal.at("category", "desk-category-needed"));
        }
        return refusals;
    }

    private Optional<Row> sameTrouble(ActionForm form) {
        String place = field(form, "place").map(Asked::value).orElse("");
        String category = field(form, "category").map(Asked::value).orElse("");
        if (place.isEmpty() || category.isEmpty()) {
            return Optional.empty();
        }
        return sameTrouble.find(place, category, form.key()).flatMap(id -> {
            looks.record(id);
            return views.rows(List.of(id)).stream().findFirst();
        });
    }

    // ---- the form

    private RegisterPage page(Way way, ActionForm form, String kind, Optional<Row> same) {
        return new RegisterPage(way, form, way == Way.WINDOW ? kinds() : List.of(), kind, same);
    }

    private static ModelAndView shown(HttpStatus status, RegisterPage page) {
        ModelAndView shown = new ModelAndView("matters/desk/register", Map.of("page", page));
        shown.setStatus(status);
        return shown;
    }

    /** @throws AccessDeniedException when the post may not register */
    private Action action(Way way) {
        // a county may have written this kind itself, without it
        Action action = Optional.of(way.kind()).filter(procedures::has).map(procedures::current).flatMap(procedure -> procedure.findAction(way.action()))
                .orElseThrow(() -> new NoSuchElementException(way.kind() + " has no action " + way.action()));
        Actor.Staff staff = Acting.staff();
        if (action.who().stream().noneMatch(who -> who instanceof Who.AnyPost any && staff.has(any.role()))) {
            throw new AccessDeniedException("this post does not register");
        }
        return action;
    }

    private Setting setting(Way way) {
        String division = Acting.staff().held().division();
        return new Setting(procedures.current(way.kind()), division.substring(0, Math.min(6, division.length())));
    }

    /** What the clerk may sort into at once: only a post of the centre that keeps the matter sorts. */
    private List<Option> kinds() {
        Actor.Staff staff = Acting.staff();
        boolean sorts = staff.held().unitType() == UnitType.CENTRE && procedures.current(Procedure.INTAKE).findAction(SORT)
                .map(sort -> sort.who().stream().anyMatch(who -> who instanceof Who.Post post && staff.has(post.role()))).orElse(false);
        Bilingual none = new Bilingual("", "");
        return sorts ? procedures.all().stream().filter(procedure -> !procedure.kind().equals(Procedure.INTAKE) && !procedure.internal())
                .map(procedure -> new Option(procedure.kind(), procedure.title(), none, none)).toList() : List.of();
    }

    /** The category is searched for by name or initials here, not chosen from a list of hundreds. */
    private ActionForm categoryBySearch(ActionForm form, String typed, boolean asked) {
        return with(form, form.asked().stream().map(field -> {
            if (field.field().type() != Type.CATEGORY) {
                return field;
            }
            List<Option> options = new ArrayList<>();
            boolean search = asked || !typed.isEmpty() && !field.filled();
            categories.find(field.value()).ifPresent(chosen -> options.add(option(chosen)));
            if (search) {
                categories.search(typed, FOUND).stream().filter(found -> !field.chosen(found.code())).map(this::option).forEach(options::add);
            }
            return new Asked(field.field(), field.values().stream().filter(value -> !value.isBlank()).toList(), typed, search, options, List.of());
        }).toList(), form.refusals());
    }

    private Option option(Category category) {
        Bilingual none = new Bilingual("", "");
        return new Option(category.code(), new Bilingual(category.name(), category.nameEn()), new Bilingual(
                categories.path(category.code(), Locale.SIMPLIFIED_CHINESE), categories.path(category.code(), Locale.ENGLISH)), none);
    }

    /** A search that found one thing has found it; one that found several or nothing asks. */
    private static ActionForm onlyFound(ActionForm form) {
        List<Refusal> refusals = new ArrayList<>(form.refusals());
        List<Asked> asked = new ArrayList<>();
        for (Asked field : form.asked()) {
            boolean searchable = field.field().type() == Type.CATEGORY || field.field().type() == Type.DIVISION;
            if (!searchable || field.filled() || field.find().isEmpty() || !field.searched()) {
                asked.add(field);
            } else if (field.options().size() == 1) {
                refusals.removeIf(refusal -> refusal.field().equals(field.name()));
                asked.add(new Asked(field.field(), List.of(field.options().getFirst().value()), "", false, field.options(), List.of()));
            } else {
                asked.add(field);
                if (field.field().type() == Type.CATEGORY && form.search().isEmpty()) {
                    refusals.add(Refusal.at(field.name(), field.options().isEmpty() ? "form-nothing-found" : "form-choose", field.find()));
                }
            }
        }
        return with(form, asked, refusals);
    }

    private static ActionForm with(ActionForm form, List<Asked> asked, List<Refusal> refusals) {
        return new ActionForm(form.action(), form.version(), form.key(), asked, refusals, form.search(), form.stale());
    }

    private static Optional<Asked> field(ActionForm form, String name) {
        return form.asked().stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
