package org.heshi.mediation.unusual;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.matters.Clause;
import org.heshi.matters.Companion;
import org.heshi.matters.Forgetting;
import org.heshi.matters.KeyedMarks;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.CourseListener;
import org.heshi.mediation.course.Dispute;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a mark of the text of each agreement and of the picture of each party's signature, in the transaction of the act. Neither can be read from its mark. */
@Component
@Order(30)
class MarkingAgreements implements CourseListener, Forgetting {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");
    /** Parties only: a mediator who signs many cases with one picture of their own signature does nothing unusual. */
    private static final Set<String> SIGNS = Set.of("sign", "sign-paper");
    private static final Set<String> AGREES = Set.of("put-in-force", "oral");
    private static final JsonMapper JSON = new JsonMapper();

    private final Prints prints;
    private final KeyedMarks marks;
    private final Readings readings;
    private final Directory directory;
    private final InnerScope inner;
    private final UnusualSettings settings;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    MarkingAgreements(Prints prints, KeyedMarks marks, Readings readings, Directory directory, InnerScope inner, UnusualSettings settings, TransactionTemplate transactions, InstantSource clock) {
        this.clock = clock;
        this.prints = prints;
        this.marks = marks;
        this.readings = readings;
        this.directory = directory;
        this.inner = inner;
        this.settings = settings;
        this.transactions = transactions;
    }

    @Override
    public boolean listensTo(String action) {
        return AGREES.contains(action) || SIGNS.contains(action);
    }

    @Override
    public void kept(Companion.Step step, Optional<Dispute> before, Dispute after) {
        boolean agreed = AGREES.contains(step.action());
        inner.as(SELF, () -> {
            String scope = directory.findUnit(after.unit()).map(Unit::division).orElseThrow();
            if (agreed) {
                text(step, after).ifPresent(text -> prints.put(step.matter(), step.seq(), 0, "text", marks.keyed("agreement-text", text), step.at(), scope));
            } else {
                step.words().stream().filter(word -> word.kind().equals("file")).forEach(word -> picture(word.value()).ifPresent(digest ->
                        prints.put(step.matter(), step.seq(), word.ordinal(), "signature", marks.keyed("signature", digest), step.at(), scope)));
            }
        });
    }

    private Optional<String> text(Companion.Step step, Dispute after) {
        if (step.action().equals("oral")) {
            return SameText.of(Stream.of("facts", "responsibility").flatMap(field -> step.word(field).stream()).toList(), step.word("terms").map(Clause::read).orElse(List.of()),
                    settings.least());
        }
        return readings.of(step.matter()).stream().filter(one -> after.agreement().equals(Optional.of(one.seq()))).findFirst().flatMap(draft -> {
            List<String> parts = new ArrayList<>();
            List.of("facts", "issues", "responsibility", "more").forEach(field -> parts.add(draft.word(field)));
            return SameText.of(parts, draft.word("terms").isEmpty() ? List.of() : Clause.read(draft.word("terms")), settings.least());
        });
    }

    /** Of what was sent, or of the picture as it was drawn anew. */
    private static Optional<String> picture(String file) {
        JsonNode said = JSON.readTree(file);
        return Stream.of("original", "sha256").map(name -> said.path(name)).filter(JsonNode::isString).map(JsonNode::asString).filter(digest -> !digest.isEmpty()).findFirst();
    }

    @Override
    public String room() {
        return "mediation-marks";
    }

    @Override
    public boolean forget(Forgotten matter) {
        transactions.executeWithoutResult(_ -> {
            prints.forgetNotes(matter.matter(), clock.instant());
            prints.forget(matter.matter());
        });
        return true;
    }

    /** A mark of words that went would still tell that somebody else wrote the same. */
    @Override
    public boolean forgetPart(Part part) {
        transactions.executeWithoutResult(_ -> prints.forget(part.matter()));
        return true;
    }
}
