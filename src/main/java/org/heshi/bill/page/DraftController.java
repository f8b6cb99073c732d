package org.heshi.bill.page;

import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Actor;
import org.heshi.bill.edition.Drafts;
import org.heshi.bill.edition.Edition;
import org.heshi.bill.edition.Editions;
import org.heshi.bill.edition.Publishing;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MenuItem;
import org.heshi.matters.MattersSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The desk from which an edition is released: people decide, the program only counts. */
@Controller
class DraftController {

    private final Editions editions;
    private final Drafts drafts;
    private final Publishing publishing;
    private final InstantSource clock;

    DraftController(Editions editions, Drafts drafts, Publishing publishing, InstantSource clock) {
        this.editions = editions;
        this.drafts = drafts;
        this.publishing = publishing;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Menu {

        @Bean
        MenuItem publishingItem(MattersSettings settings) {
            return new MenuItem("bill.desk", "/publishing", "report", 36, Set.of("head", "supervisor"), settings.county());
        }
    }

    @GetMapping("/publishing")
    String desk(@RequestParam(defaultValue = "") String month, Locale locale, Model model) {
        publishing.speaker();
        Optional<Edition> draft = drafts.draft();
        YearMonth wanted = draft.map(edition -> CivilTime.month(month).filter(one -> edition.part(one).isPresent()).orElse(edition.month())).orElse(drafts.lastFinished());
        model.addAttribute("draft", draft);
        model.addAttribute("page", draft.map(edition -> BillPage.of(edition, wanted, Optional.empty(), true, "/publishing", "", locale)));
        model.addAttribute("editions", editions.list());
        model.addAttribute("released", editions.newest().map(edition -> edition.parts().stream().map(part -> part.month().toString()).toList().reversed()).orElse(List.of()));
        return "bill/desk";
    }

    @PostMapping("/publishing/draft")
    String make(@RequestParam(required = false) List<String> month, RedirectAttributes redirect) {
        publishing.speaker();
        Set<YearMonth> recount = new HashSet<>();
        Optional.ofNullable(month).orElse(List.of()).forEach(one -> CivilTime.month(one).ifPresent(recount::add));
        redirect.addFlashAttribute(Flash.ATTRIBUTE, drafts.make(recount) ? Flash.done("bill.desk.made") : Flash.warning("bill.desk.nothing"));
        return "redirect:/publishing";
    }

    @PostMapping("/publishing/drop")
    String drop(RedirectAttributes redirect) {
        publishing.speaker();
        drafts.drop();
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("bill.desk.dropped"));
        return "redirect:/publishing";
    }

    /** Releases the draft that was looked at, and no other. */
    @PostMapping("/publishing/release")
    String release(@RequestParam(defaultValue = "") String draft, @RequestParam(defaultValue = "") String digest, RedirectAttributes redirect) {
        Actor.Staff staff = publishing.speaker();
        Optional<Integer> number = drafts.release(Ids.find(draft).orElseThrow(() -> new NoSuchElementException("no such draft")), digest, staff.post(), clock.instant());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, number.map(n -> Flash.done("bill.desk.released", n.toString())).orElseGet(() -> Flash.warning("bill.desk.changed")));
        return "redirect:/publishing";
    }
}
