package org.heshi.matters.report;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientAddress;
import org.heshi.access.ResidentSession;
import org.heshi.access.Throttle;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.PrivacyNotice;
import org.heshi.matters.Receipts;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Asked;
import org.heshi.matters.form.Forms;
import org.heshi.matters.form.Setting;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedures;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/**
 * The way in without an account: what, where, who. Each step carries the others in hidden fields, so that nothing typed stands on the server before
 * it is sent, and nothing is lost whatever is refused. Nothing decisive comes from the form: who acts is somebody who passes by.
 */
@Controller
class ReportController {

    private static final String ACTION = "report";
    private static final String RECEIPT = ResidentSession.RECEIPT;
    private static final String KEY_COOKIE = ResidentSession.RECEIPT_COOKIE;
    private static final Duration RECEIPT_SHOWN = Duration.ofMinutes(30);
    private static final int REPORTS_AN_HOUR = 30;
    private static final int UPLOADS_AN_HOUR = 120;
    private static final int VISITS_AN_HOUR = 60;

    private final Forms forms;
    private final Procedures procedures;
    private final Matters matters;
    private final Throttle throttle;
    private final Receipts receipts;
    private final PrivacyNotice notice;
    private final InstantSource clock;
    private final String county;
    private final String baseUrl;

    ReportController(Forms forms, Procedures procedures, Matters matters, Throttle throttle, Receipts receipts, PrivacyNotice notice, InstantSource clock,
            @Value("${heshi.matters.county:330681}") String county, @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.forms = forms;
        this.procedures = procedures;
        this.matters = matters;
        this.throttle = throttle;
        this.receipts = receipts;
        this.notice = notice;
        this.clock = clock;
        this.county = county;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @GetMapping("/report")
    ModelAndView begin() {
        Procedure intake = procedures.current(Procedure.INTAKE);
        return page(forms.blank(action(intake), 0, setting(intake)), Step.WHAT, HttpStatus.OK);
    }

    @PostMapping("/report")
    ModelAndView go(HttpServletRequest request, HttpServletResponse response, @RequestParam(name = "step", defaultValue = "1") String typedStep,
            @RequestParam(name = "go", defaultValue = "next") String go) {
        Procedure intake = procedures.current(Procedure.INTAKE);
        String address = ClientAddress.of(request);
        // The session should stand before the form is sent: two clicks at the same moment then share it, and the one receipt. Only so many are made
        // for an address; whoever comes beyond that gets one with the receipt itself.
        if (request.getSession(false) == null && throttle.tryTake("report-visit", address, VISITS_AN_HOUR, Duration.ofHours(1))) {
            request.getSession(true);
        }
        boolean uploads = !sendsFiles(request) || throttle.tryTake("upload", address, UPLOADS_AN_HOUR, Duration.ofHours(1));
        ActionForm form = forms.read(action(intake), setting(intake), request, uploads);
        Step step = Step.read(typedStep);
        if (form.search().isPresent()) {
            return page(form, step, HttpStatus.OK);
        }
        if (go.equals("back")) {
            return page(new ActionForm(form.action(), form.version(), form.key(), form.asked(), List.of(), Optional.empty(), false), step.before(),
                    HttpStatus.OK);
        }
        // The last step answers for all: what the others carried came back from the browser.
        List<Step> steps = step == Step.WHO && go.equals("send") ? List.of(Step.values()) : List.of(step);
        ActionForm judged = form.refused(steps.stream().flatMap(one -> ReportRules.against(form, one, clock.instant()).stream()).toList());
        if (!judged.ready()) {
            return refused(judged, step);
        }
        return step == Step.WHO && go.equals("send") ? send(judged, request, response, address) : page(judged, step.next(), HttpStatus.OK);
    }

    private ModelAndView send(ActionForm form, HttpServletRequest request, HttpServletResponse response, String address) {
        if (!throttle.tryTake(ACTION, address, REPORTS_AN_HOUR, Duration.ofHours(1))) {
            return refused(form.refused(List.of(Refusal.of("report-throttled"))), Step.WHO);
        }
        Answer answer = Acting.as(new Actor.Passerby(), () -> matters.act(Act.report(ACTION, input(form), form.key())));
        return switch (answer) {
            case Answer.Done done -> {
                // Only the first answer to a form holds the code. A second click must not write over what the first one left.
                done.code().ifPresent(code -> request.getSession(true)
                        .setAttribute(RECEIPT, Receipt.of(done.number().digits(), code, clock.instant(), form.key())));
                response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(KEY_COOKIE, form.key()).path("/report").httpOnly(true)
                        .secure(request.isSecure()).sameSite("Lax").maxAge(RECEIPT_SHOWN).build().toString());
                RedirectView view = new RedirectView("/report/done?number=" + done.number().digits());
                view.setStatusCode(HttpStatus.SEE_OTHER);
                yield new ModelAndView(view);
            }
            case Answer.Refused(List<Refusal> refusals) -> refused(form.refused(refusals), Step.WHO);
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    /** The number may stand in the address, as it does in the QR code; the code comes out of the session and is gone after a while. */
    @GetMapping("/report/done")
    ModelAndView receipt(HttpServletRequest request, @RequestParam(defaultValue = "") String number,
            @CookieValue(name = KEY_COOKIE, defaultValue = "") String key) {
        Optional<MatterNumber> asked = MatterNumber.parse(number);
        HttpSession session = request.getSession(false);
        Optional<Receipt> receipt = session != null && session.getAttribute(RECEIPT) instanceof Receipt kept ? Optional.of(kept) : Optional.empty();
        if (receipt.isPresent() && receipt.get().at().plus(RECEIPT_SHOWN).isBefore(clock.instant())) {
            Objects.requireNonNull(session).removeAttribute(RECEIPT);
            receipt = Optional.empty();
        }
        Optional<Receipt> mine = receipt.filter(kept -> asked.isEmpty() || asked.get().digits().equals(kept.number()));
        Optional<MatterNumber> shown = mine.map(kept -> new MatterNumber(kept.number())).or(() -> asked);
        if (shown.isEmpty()) {
            return new ModelAndView("matters/report/gone");
        }
        String code = mine.flatMap(kept -> kept.code(key)).orElse("");
        return new ModelAndView("matters/report/done", Map.of("account", ResidentSession.account(request).isPresent(), "receipt", new ReceiptPage(shown.get().shown(), shown.get().digits(),
                code.length() == 8 ? code.substring(0, 4) + "-" + code.substring(4) : code,
                mine.flatMap(kept -> receipts.of(shown.get(), 1)).orElse(""), notice.version(), QrCode.of(baseUrl + "/follow/" + shown.get().digits()))));
    }

    /** What goes to {@code act}: the version of the notice that was shown comes from here, and who wants no contact leaves none. */
    private Map<String, Object> input(ActionForm form) {
        Map<String, Object> input = new HashMap<>(form.input());
        input.remove(Step.NOTICE);
        if (form.action().findField(Step.NOTICE).isPresent()) {
            input.put(Step.NOTICE, Integer.toString(notice.version()));
        }
        if (input.containsKey(ReportRules.ANONYMOUS)) {
            form.asked().stream().filter(asked -> asked.field().type().contact() && !asked.name().startsWith("behalf") && !asked.name().startsWith("guardian")).map(Asked::name)
                    .forEach(input::remove);
        }
        if (form.action().findField(ReportRules.ON_BEHALF).isPresent() && input.keySet().stream().anyMatch(name -> name.startsWith("behalf"))) {
            input.put(ReportRules.ON_BEHALF, "true");
        }
        return input;
    }

    /** Shows the first step that something is wrong with; what is refused as a whole stands above the last. */
    private ModelAndView refused(ActionForm form, Step step) {
        Step first = form.asked().stream()
                .filter(asked -> form.refusals().stream().anyMatch(refusal -> refusal.field().equals(asked.name())))
                .map(asked -> Step.of(asked.field()))
                .min(Step::compareTo).orElse(step);
        return page(form, first, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private ModelAndView page(ActionForm form, Step step, HttpStatus status) {
        ModelAndView page = new ModelAndView("matters/report/page", Map.of("page", new ReportPage(form, step, notice.version())));
        page.setStatus(status);
        return page;
    }

    private static boolean sendsFiles(HttpServletRequest request) {
        return request instanceof MultipartHttpServletRequest multipart
                && multipart.getMultiFileMap().values().stream().flatMap(List::stream).anyMatch(file -> !file.isEmpty());
    }

    private Setting setting(Procedure intake) {
        return new Setting(intake, county);
    }

    private static Action action(Procedure intake) {
        return intake.findAction(ACTION).orElseThrow(() -> new IllegalStateException("intake has no action " + ACTION));
    }
}
