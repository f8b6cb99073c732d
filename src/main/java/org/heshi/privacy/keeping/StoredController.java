package org.heshi.privacy.keeping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.matters.Endings;
import org.heshi.matters.Entries;
import org.heshi.matters.MatterRows;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Opens what is put away, once for each reason given: the words stand in this answer and in no later one. Shown is what every office could read of it;
 * names and telephones, notes among those at work and sessions behind closed doors were theirs alone.
 */
@Controller
class StoredController {

    private static final Actor.Machine MACHINE = new Actor.Machine("opened");
    private static final int PAPER = 120;

    private final Openings openings;
    private final MatterRows matters;
    private final Entries entries;

    StoredController(Openings openings, MatterRows matters, Entries entries) {
        this.openings = openings;
        this.matters = matters;
        this.entries = entries;
    }

    @GetMapping("/privacy/stored/{number}")
    ModelAndView ask(@PathVariable String number) {
        MatterNumber parsed = number(number);
        openings.mayOpen(parsed).orElseThrow(() -> new NoSuchElementException("no such matter that is put away for who asks"));
        return page(new StoredPage(parsed, "", "", List.of(), Optional.empty(), List.of()), HttpStatus.OK);
    }

    @PostMapping("/privacy/stored/{number}")
    ModelAndView open(@PathVariable String number, @RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String paper) {
        MatterNumber parsed = number(number);
        Endings.Holders stored = openings.mayOpen(parsed).orElseThrow(() -> new NoSuchElementException("no such matter that is put away for who asks"));
        String line = Words.line(paper);
        List<Refusal> refusals = new ArrayList<>();
        if (!Openings.REASONS.contains(reason)) {
            refusals.add(Refusal.at("reason", "required"));
        }
        if (line.isEmpty()) {
            refusals.add(Refusal.at("paper", "required"));
        } else if (Words.length(line) > PAPER) {
            refusals.add(Refusal.at("paper", "too-long", PAPER, Words.length(line)));
        }
        if (!refusals.isEmpty()) {
            return page(new StoredPage(parsed, reason, paper, refusals, Optional.empty(), List.of()), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        openings.record(stored, parsed, reason, line);
        return Acting.as(MACHINE, () -> page(new StoredPage(parsed, reason, line, List.of(), Optional.of(matters.rows(List.of(stored.matter())).getFirst()),
                entries.putAway(stored.matter())), HttpStatus.OK));
    }

    private static MatterNumber number(String typed) {
        return MatterNumber.parse(typed).orElseThrow(() -> new NoSuchElementException("no matter number"));
    }

    private static ModelAndView page(StoredPage page, HttpStatus status) {
        ModelAndView shown = new ModelAndView("privacy/keeping/stored", Map.of("page", page));
        shown.setStatus(status);
        return shown;
    }
}
