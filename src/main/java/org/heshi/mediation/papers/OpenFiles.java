package org.heshi.mediation.papers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.matters.Endings;
import org.heshi.matters.Readings.Reading;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Cases whose mediation has ended and whose file is not bound. */
@Component
public class OpenFiles {

    private static final Set<String> ENDS = Set.of("put-in-force", "oral", "stop", "leave", "refuse", "not-fit", "decline", "withdraw");

    private final CaseReader cases;
    private final CasePapers papers;
    private final Endings endings;
    private final MessageSource messages;

    OpenFiles(CaseReader cases, CasePapers papers, Endings endings, MessageSource messages) {
        this.cases = cases;
        this.papers = papers;
        this.endings = endings;
        this.messages = messages;
    }

    /**
     * Kinds of papers that the file of a case needs and does not have yet, each once and without a name of anybody; empty when the case has not ended, when its file
     * was bound since, or when it was erased.
     */
    public Optional<List<String>> missing(UUID matter, Locale locale) {
        return cases.find(matter).filter(known -> known.dispute().endedAt().isPresent() && !bound(known) && endings.of(matter).flatMap(Endings.Ending::erasedAt).isEmpty())
                .map(known -> papers.of(known).stream().filter(CasePapers.Kept::missing).map(one -> messages.getMessage("mediation.papers." + CasePapers.name(one.slot()), new Object[0], locale))
                        .distinct().toList());
    }

    private static boolean bound(Case known) {
        int ended = known.readings().stream().filter(entry -> ENDS.contains(entry.action())).mapToInt(Reading::seq).max().orElse(0);
        return known.last(BoundFile.ACTION).filter(entry -> entry.seq() > ended).isPresent();
    }
}
