package org.heshi.calendar.importing;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.register.KeptCalendar;
import org.heshi.calendar.register.Notices;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator brings a year's notice. The security chain lets only administrators come here. */
@Controller
class NoticePages {

    private final Notices notices;
    private final KeptCalendar calendar;
    private final InstantSource clock;

    NoticePages(Notices notices, KeptCalendar calendar, InstantSource clock) {
        this.notices = notices;
        this.calendar = calendar;
        this.clock = clock;
    }

    @GetMapping("/admin/calendar/import")
    ModelAndView ask() {
        int thisYear = thisYear();
        return form(new NoticeForm(Integer.toString(calendar.fresh().provisional(thisYear) ? thisYear : thisYear + 1), "", ""), List.of());
    }

    @PostMapping("/admin/calendar/import")
    ModelAndView check(NoticeForm form, @RequestParam(required = false) MultipartFile file) throws IOException {
        boolean typed = !form.days().isBlank();
        if (file == null || file.isEmpty()) {
            return check(form, "days");
        }
        Optional<String> text = file.getSize() > NoticeText.LARGEST ? Optional.empty() : NoticeText.decode(file.getBytes());
        if (typed || text.isEmpty()) {
            return refused(form, List.of(Refusal.at("file", typed ? "calendar-both-ways" : file.getSize() > NoticeText.LARGEST ? "calendar-too-big" : "calendar-not-text")));
        }
        return check(new NoticeForm(form.year(), form.source(), text.get()), "file");
    }

    private ModelAndView check(NoticeForm form, String field) {
        NoticeForm shown = field.equals("file") ? new NoticeForm(form.year(), form.source(), "") : form;
        return switch (NoticeText.read(form, field, thisYear())) {
            case NoticeText.Reading.Refused(List<Refusal> refusals) -> refused(shown, refusals);
            case NoticeText.Reading.Read(Notice notice) -> {
                if (calendar.fresh().notice(notice.year()).map(Notice::days).equals(Optional.of(notice.days()))) {
                    yield refused(shown, List.of(Refusal.at(field, "calendar-same", Integer.toString(notice.year()))));
                }
                yield seeOther("/admin/calendar/import/" + notices.draft(notice));
            }
        };
    }

    @GetMapping("/admin/calendar/import/{id}")
    String preview(@PathVariable UUID id, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("preview", Preview.of(notices.getDraft(id), calendar.fresh()));
        return "calendar/importing/preview";
    }

    @PostMapping("/admin/calendar/import/{id}/confirm")
    ModelAndView confirm(@PathVariable UUID id, RedirectAttributes redirect) {
        int year = notices.getDraft(id).year();
        redirect.addFlashAttribute(Flash.ATTRIBUTE, switch (notices.confirm(id)) {
            case Notices.Taking.Taken _ -> Flash.done("calendar.import.done", Integer.toString(year));
            case Notices.Taking.Known _ -> Flash.warning("calendar.import.known", Integer.toString(year));
        });
        return seeOther("/admin/calendar?year=" + year);
    }

    @PostMapping("/admin/calendar/import/{id}/discard")
    ModelAndView discard(@PathVariable UUID id, RedirectAttributes redirect) {
        notices.discard(id);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("calendar.import.discarded"));
        return seeOther("/admin/calendar/import");
    }

    private int thisYear() {
        return CivilTime.dateOf(clock.instant()).getYear();
    }

    private static ModelAndView form(NoticeForm form, List<Refusal> refusals) {
        return new ModelAndView("calendar/importing/ask", Map.of("form", form, "refusals", refusals));
    }

    private static ModelAndView refused(NoticeForm form, List<Refusal> refusals) {
        ModelAndView answer = form(form, refusals);
        answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return answer;
    }

    private static ModelAndView seeOther(String address) {
        ModelAndView answer = new ModelAndView("redirect:" + address);
        answer.setStatus(HttpStatus.SEE_OTHER);
        return answer;
    }
}
