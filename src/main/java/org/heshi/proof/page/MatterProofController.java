package org.heshi.proof.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Entries;
import org.heshi.matters.Receipts;
import org.heshi.matters.WholeLog;
import org.heshi.proof.head.Heads;
import org.heshi.proof.tree.TreeFollower;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** For whoever reported a matter: each entry that they may read, whether it stands under a signed head, and the proof to keep. */
@Controller
class MatterProofController {

    private final Entries entries;
    private final WholeLog log;
    private final Receipts receipts;
    private final Heads heads;

    MatterProofController(Entries entries, WholeLog log, Receipts receipts, Heads heads) {
        this.entries = entries;
        this.log = log;
        this.receipts = receipts;
        this.heads = heads;
    }

    @GetMapping("/follow/{number}/proof")
    ModelAndView page(@PathVariable String number) {
        Optional<MatterNumber> mine = mine(number);
        if (mine.isEmpty()) {
            // the code is asked for there
            return new ModelAndView("redirect:/follow" + MatterNumber.parse(number).map(parsed -> "/" + parsed.digits()).orElse(""));
        }
        long covered = heads.newest().map(head -> head.head().size()).orElse(0L);
        List<MatterProofPage.Line> lines = new ArrayList<>();
        for (Entries.Entry entry : readable()) {
            log.placed(mine.get(), entry.seq()).ifPresent(placed -> lines.add(new MatterProofPage.Line(entry.seq(), entry.title(), entry.at(),
                    TreeFollower.leaf(placed.content()).toString(), placed.position().isPresent() && placed.position().getAsLong() <= covered)));
        }
        return new ModelAndView("proof/matter", Map.of("page", new MatterProofPage(mine.get(), lines)));
    }

    @GetMapping("/follow/{number}/proof/{seq}")
    ResponseEntity<String> proof(@PathVariable String number, @PathVariable int seq) {
        MatterNumber mine = mine(number).orElseThrow(() -> new NoSuchElementException("no matter of who asks"));
        if (readable().stream().noneMatch(entry -> entry.seq() == seq)) {
            throw new NoSuchElementException("no entry that this reporter may read");
        }
        WholeLog.Placed placed = log.placed(mine, seq).orElseThrow();
        String proof = placed.position().isPresent() ? heads.inclusion(placed.position().getAsLong()).map(found -> "\n" + found).orElse("") : "";
        return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, ProofController.attachment("heshi-" + mine.digits() + "-" + seq + ".txt"))
                .body(receipts.of(mine, seq).orElseThrow() + proof);
    }

    private List<Entries.Entry> readable() {
        return Acting.current() instanceof Actor.Resident resident ? entries.of(resident.matter()) : List.of();
    }

    /** The number, when it is that of the matter whose code was given. */
    private Optional<MatterNumber> mine(String number) {
        return Acting.current() instanceof Actor.Resident resident
                ? MatterNumber.parse(number).filter(parsed -> log.placed(parsed, 1).filter(placed -> placed.matter().equals(resident.matter())).isPresent())
                : Optional.empty();
    }
}
