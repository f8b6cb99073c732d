package org.heshi.privacy.register;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.MatterRows;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The notice on personal data, for everybody, in each version that was ever shown. */
@Controller
class RegisterController {

    private final PurposeRegister register;
    private final MatterRows matters;
    private final MessageSource messages;

    RegisterController(PurposeRegister register, MatterRows matters, MessageSource messages) {
        this.register = register;
        this.matters = matters;
        this.messages = messages;
    }

    @GetMapping("/privacy")
    String page(@RequestParam(defaultValue = "") String version, Locale locale, Model model) {
        int asked = version.isEmpty() ? register.version() : version.matches("[0-9]{1,6}") ? Integer.parseInt(version) : 0;
        PurposeRegister.Published shown = register.published(asked).orElseThrow(() -> new NoSuchElementException("no such version of the notice"));
        model.addAttribute("page", new RegisterPage(shown.version(), shown.publishedAt(), shown.version() == register.version(), register.version(), shown.register(),
                lines(shown.register(), locale)));
        return "privacy/register/page";
    }

    private List<RegisterPage.Line> lines(Register register, Locale locale) {
        Map<String, MatterRows.Kind> kinds = new LinkedHashMap<>();
        matters.kinds().forEach(kind -> kinds.put(kind.code(), kind));
        List<RegisterPage.Line> lines = new ArrayList<>();
        lines.add(new RegisterPage.Line(messages.getMessage("privacy.term.ordinary", null, locale), "", register.ordinary()));
        register.kinds().forEach((kind, term) -> lines.add(new RegisterPage.Line(title(kinds, kind, locale), "", term)));
        register.outcomes().forEach((outcome, term) -> {
            int dot = outcome.indexOf('.');
            String kind = outcome.substring(0, dot);
            MatterRows.Kind known = kinds.get(kind);
            Bilingual words = known == null ? null : known.outcomes().get(outcome.substring(dot + 1));
            lines.add(new RegisterPage.Line(title(kinds, kind, locale), words == null ? outcome.substring(dot + 1) : words.in(locale), term));
        });
        return lines;
    }

    private static String title(Map<String, MatterRows.Kind> kinds, String kind, Locale locale) {
        MatterRows.Kind known = kinds.get(kind);
        return known == null ? kind : known.title().in(locale);
    }
}
