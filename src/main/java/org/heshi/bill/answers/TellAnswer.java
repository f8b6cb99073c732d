package org.heshi.bill.answers;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bill.PublishBill;
import org.heshi.bill.edition.Drafts;
import org.heshi.bill.edition.Edition;
import org.heshi.bill.edition.Publishing;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MattersSettings;
import org.springframework.stereotype.Component;

/** Does in one go what people do at the desk, by the same rules. */
@Component
class TellAnswer implements PublishBill {

    private static final Actor.Machine SELF = new Actor.Machine("bill");

    private final Publishing publishing;
    private final Drafts drafts;
    private final Answers answers;
    private final Tellable tellable;
    private final MatterLog log;
    private final Divisions divisions;
    private final InstantSource clock;
    private final String county;

    TellAnswer(Publishing publishing, Drafts drafts, Answers answers, Tellable tellable, MatterLog log, Divisions divisions, InstantSource clock, MattersSettings settings) {
        this.publishing = publishing;
        this.drafts = drafts;
        this.answers = answers;
        this.tellable = tellable;
        this.log = log;
        this.divisions = divisions;
        this.clock = clock;
        this.county = settings.county();
    }

    @Override
    public Optional<Integer> edition() {
        Actor.Staff staff = publishing.speaker();
        if (!drafts.make(Set.of())) {
            return Optional.empty();
        }
        Edition draft = drafts.draft().orElseThrow();
        return drafts.release(draft.id(), draft.digest(), staff.post(), clock.instant());
    }

    @Override
    public boolean told() {
        return !answers.published("", 1).rows().isEmpty();
    }

    @Override
    public boolean write(UUID matter, String title, String question, String answer) {
        Actor.Staff staff = AnswersController.writer();
        Optional<MatterLog.Now> now = Acting.as(SELF, () -> tellable.of(Set.of(matter)).contains(matter) ? Optional.of(log.wordless(Set.of(matter)).get(matter)) : Optional.empty());
        if (now.isEmpty()) {
            return false;
        }
        answers.write(matter, staff.unit(), now.get().kind(), title, question, answer, divisions.find(county).map(Division::name).orElse(""), staff.person(), clock.instant());
        return true;
    }

    @Override
    public boolean release(UUID matter) {
        Actor.Staff staff = AnswersController.writer();
        return answers.find(matter).filter(written -> answers.release(matter, written.writtenAt(), staff.person(), clock.instant())).isPresent();
    }
}
