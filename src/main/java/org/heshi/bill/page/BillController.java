package org.heshi.bill.page;

import jakarta.servlet.http.HttpServletResponse;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.heshi.bill.edition.Edition;
import org.heshi.bill.edition.Editions;
import org.heshi.kernel.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.ModelAndView;

/** The public bill, for everybody. */
@Controller
class BillController {

    private final Editions editions;

    BillController(Editions editions) {
        this.editions = editions;
    }

    @GetMapping("/bill")
    @Nullable ModelAndView newest(@RequestParam(defaultValue = "") String month, Locale locale, WebRequest request, HttpServletResponse response) {
        Optional<Edition.Heading> heading = editions.newestHeading();
        if (heading.isEmpty()) {
            return new ModelAndView("bill/none");
        }
        return shown(heading.get(), Optional.empty(), month, true, "/bill", "/bill/towns/", locale, request, response);
    }

    @GetMapping("/bill/towns/{code}")
    @Nullable ModelAndView town(@PathVariable String code, @RequestParam(defaultValue = "") String month, Locale locale, WebRequest request, HttpServletResponse response) {
        return shown(editions.newestHeading().orElseThrow(BillController::none), Optional.of(code), month, true, "/bill/towns/" + code, "", locale, request, response);
    }

    @GetMapping("/bill/editions/{edition}")
    @Nullable ModelAndView edition(@PathVariable String edition, @RequestParam(defaultValue = "") String month, Locale locale, WebRequest request, HttpServletResponse response) {
        Edition.Heading heading = heading(edition);
        boolean newest = editions.newestHeading().filter(one -> one.number() == heading.number()).isPresent();
        return shown(heading, Optional.empty(), month, newest, "/bill/editions/" + heading.number(), "/bill/editions/" + heading.number() + "/towns/", locale, request, response);
    }

    @GetMapping("/bill/editions/{edition}/towns/{code}")
    @Nullable ModelAndView editionsTown(@PathVariable String edition, @PathVariable String code, @RequestParam(defaultValue = "") String month, Locale locale, WebRequest request,
            HttpServletResponse response) {
        Edition.Heading heading = heading(edition);
        boolean newest = editions.newestHeading().filter(one -> one.number() == heading.number()).isPresent();
        return shown(heading, Optional.of(code), month, newest, "/bill/editions/" + heading.number() + "/towns/" + code, "", locale, request, response);
    }

    private Edition.Heading heading(String edition) {
        return editions.list().stream().filter(one -> Integer.toString(one.number()).equals(edition)).findFirst().orElseThrow(BillController::none);
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no such edition, month or town");
    }

    private @Nullable ModelAndView shown(Edition.Heading heading, Optional<String> town, String month, boolean newest, String base, String towns, Locale locale, WebRequest request,
            HttpServletResponse response) {
        YearMonth wanted = month.isEmpty() ? heading.month() : CivilTime.month(month).orElseThrow(BillController::none);
        Edition edition = editions.edition(heading.number()).orElseThrow(BillController::none);
        if (edition.part(wanted).isEmpty() || town.isPresent() && (town.get().isEmpty() || town.get().equals("*") || edition.part(wanted).flatMap(part -> part.town(town.get())).isEmpty())) {
            throw none();
        }
        List<Edition.Heading> list = editions.list();
        if (Fresh.page(request, response, heading.number() + "-" + heading.digest().substring(0, 20) + "-" + wanted + "-" + town.orElse("all") + "-" + base.length() + "-" + list.size() + "-" + locale.getLanguage())) {
            return null;
        }
        ModelAndView page = new ModelAndView("bill/page");
        page.addObject("page", BillPage.of(edition, wanted, town, newest, base, towns, locale));
        page.addObject("editions", list);
        return page;
    }
}
