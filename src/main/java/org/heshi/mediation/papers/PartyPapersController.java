package org.heshi.mediation.papers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.Paper;
import org.heshi.documents.PaperKind;
import org.heshi.documents.Papers;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterRows;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The papers that are meant for a party, wherever they come from. */
@Controller
class PartyPapersController {

    private final Papers papers;
    private final MatterRows matters;
    private final Map<String, String> titles;

    PartyPapersController(Papers papers, MatterRows matters, List<PaperKind> kinds) {
        this.papers = papers;
        this.matters = matters;
        this.titles = kinds.stream().collect(Collectors.toMap(PaperKind::code, PaperKind::title));
    }

    @GetMapping("/follow/{number}/papers")
    ModelAndView show(@PathVariable String number) {
        Optional<UUID> mine = Acting.current() instanceof Actor.Resident resident ? MatterNumber.parse(number).flatMap(matters::find).filter(resident.matter()::equals) : Optional.empty();
        if (mine.isEmpty()) {
            return new ModelAndView("redirect:/follow");
        }
        List<Paper> all = papers.of(mine.get());
        // one that was issued anew stands in the place of the one that went
        List<PartyPaper> lines = all.stream().filter(paper -> !paper.forgotten() || all.stream().noneMatch(other -> !other.forgotten() && other.kind().equals(paper.kind()))).map(this::line).toList().reversed();
        return new ModelAndView("mediation/papers/party", Map.of("number", MatterNumber.parse(number).orElseThrow(), "papers", lines));
    }

    private PartyPaper line(Paper paper) {
        return new PartyPaper(paper.id(), paper.newest().version(), titles.getOrDefault(paper.kind(), "documents.letter"), paper.number(), paper.newest().at(), paper.newest().pages(), paper.newest().sealed(),
                paper.withdrawn().isPresent(), paper.replaced().isPresent(), paper.forgotten());
    }
}
