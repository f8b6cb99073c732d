package org.heshi.mediation.stories;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.Picks;
import org.heshi.mediation.course.Disputes;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The text that a party consents to is shown in the form and named by the consent: whoever has read another one is refused. */
@Component
class StoryTexts implements Picks, FollowNotes {

    private static final String LIST = "story-text";
    private static final int SHOWN = 8;

    private final Stories stories;
    private final Disputes disputes;
    private final MessageSource messages;
    private final TransactionTemplate transactions;

    StoryTexts(Stories stories, Disputes disputes, MessageSource messages, TransactionTemplate transactions) {
        this.stories = stories;
        this.disputes = disputes;
        this.messages = messages;
        this.transactions = transactions;
    }

    @Override
    public Set<String> lists() {
        return Set.of(LIST);
    }

    /** To those alone whose consent it needs, or who speak for them. */
    @Override
    public List<Pick> offered(String list, UUID matter) {
        return text(matter).map(story -> List.of(new Pick(story.digest(), both(story.title()), both(story.words())))).orElse(List.of());
    }

    private Optional<Stories.Story> text(UUID matter) {
        if (!(Acting.current() instanceof Actor.Resident resident) || !resident.matter().equals(matter)) {
            return Optional.empty();
        }
        return transactions.execute(_ -> disputes.find(matter).flatMap(dispute -> dispute.speaksFor(resident.party())).flatMap(_ -> stories.toShow(matter)));
    }

    @Override
    public Optional<Bilingual> name(String list, UUID matter, String value) {
        return Optional.of(new Bilingual(said(value, Locale.SIMPLIFIED_CHINESE), said(value, Locale.ENGLISH)));
    }

    private String said(String value, Locale locale) {
        return messages.getMessage("mediation.stories.text.named", new Object[] {value.length() > SHOWN ? value.substring(0, SHOWN) : value}, locale);
    }

    private static Bilingual both(String words) {
        return new Bilingual(words, words);
    }

    @Override
    public List<Note> onThePage(Actor.Resident who, UUID matter, String kind, String state) {
        return List.of();
    }

    @Override
    public List<Note> before(Actor.Resident who, UUID matter, String kind, String action) {
        return List.of();
    }

    /** Nobody consents to what was not written yet. */
    @Override
    public Set<String> idle(Actor.Resident who, UUID matter, String kind) {
        return kind.equals("dispute") && text(matter).isEmpty() ? Set.of("story") : Set.of();
    }
}
