package org.heshi.bill.answers;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.MatterRows;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whoever is concerned reads what would be published of their matter, and says whether it may be; their no counts at once and without a reason. */
@Controller
class ResidentsSay {

    private final Answers answers;
    private final MatterRows matters;
    private final InstantSource clock;

    ResidentsSay(Answers answers, MatterRows matters, InstantSource clock) {
        this.answers = answers;
        this.matters = matters;
        this.clock = clock;
    }

    private Optional<Actor.Resident> mine(String number) {
        return Acting.current() instanceof Actor.Resident resident
                ? MatterNumber.parse(number).flatMap(matters::find).filter(resident.matter()::equals).map(_ -> resident) : Optional.empty();
    }

    private static ModelAndView askedFor(String number) {
        return new ModelAndView("redirect:/follow" + MatterNumber.parse(number).map(parsed -> "/" + parsed.digits()).orElse(""));
    }

    @GetMapping("/follow/{number}/telling")
    ModelAndView page(@PathVariable String number) {
        return mine(number).map(who -> new ModelAndView("bill/answers/mine", Map.of("number", MatterNumber.parse(number).orElseThrow().digits(), "objected", answers.objected(who.matter()),
                "text", Optional.ofNullable(answers.of(List.of(who.matter())).get(who.matter()))))).orElseGet(() -> askedFor(number));
    }

    @PostMapping("/follow/{number}/telling")
    ModelAndView say(@PathVariable String number, @RequestParam(defaultValue = "no") String may, RedirectAttributes redirect) {
        Optional<Actor.Resident> who = mine(number);
        if (who.isEmpty()) {
            return askedFor(number);
        }
        if (may.equals("yes")) {
            answers.allow(who.get().matter());
        } else {
            answers.object(who.get().matter(), clock.instant());
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done(may.equals("yes") ? "bill.mine.allowed" : "bill.mine.objected"));
        return new ModelAndView("redirect:/follow/" + MatterNumber.parse(number).orElseThrow().digits() + "/telling");
    }

    /** The way there, from the page of a matter of a kind that may be told, once it has come to its end. */
    @Component
    static class Note implements FollowNotes {

        private final MatterRows matters;

        Note(MatterRows matters) {
            this.matters = matters;
        }

        @Override
        public List<FollowNotes.Note> onThePage(Actor.Resident who, UUID matter, String kind, String state) {
            return state.equals("closed") && matters.kinds().stream().anyMatch(one -> one.code().equals(kind) && one.inPublic())
                    ? List.of(new FollowNotes.Note("info", "bill.mine.note", List.of("bill.mine.note.text"), List.of(), List.of(new Way("bill.mine.note.go", "/telling", false)))) : List.of();
        }

        @Override
        public List<FollowNotes.Note> before(Actor.Resident who, UUID matter, String kind, String action) {
            return List.of();
        }
    }
}
