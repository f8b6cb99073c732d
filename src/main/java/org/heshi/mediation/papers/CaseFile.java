package org.heshi.mediation.papers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.documents.CaseFiles;
import org.heshi.documents.CaseFiles.Bound;
import org.heshi.documents.CaseFiles.Cover;
import org.heshi.documents.CaseFiles.Item;
import org.heshi.documents.CaseFiles.Leaf;
import org.heshi.documents.Paper;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Evidence;
import org.heshi.mediation.papers.CasePapers.Kept;
import org.heshi.mediation.papers.Slot.Need;
import org.heshi.mediation.unusual.SigningMarks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the file of a case together. Talks with one side alone stand in no file: it goes to the archive and may go to a court. */
@Component
class CaseFile {

    private static final Set<String> LEAD = Set.of("lead");

    private final CasePapers papers;
    private final Filling filling;
    private final CaseFiles files;
    private final SigningMarks marks;
    private final Looks looks;
    private final MessageSource messages;
    private final InstantSource clock;
    private final TransactionTemplate transactions;
    private final ObjectProvider<Matters> matters;

    CaseFile(CasePapers papers, Filling filling, CaseFiles files, SigningMarks marks, Looks looks, MessageSource messages, InstantSource clock, TransactionTemplate transactions,
            ObjectProvider<Matters> matters) {
        this.matters = matters;
        this.papers = papers;
        this.filling = filling;
        this.files = files;
        this.marks = marks;
        this.looks = looks;
        this.messages = messages;
        this.clock = clock;
        this.transactions = transactions;
    }

    sealed interface Answer {

        record Done(Bound bound) implements Answer {
        }

        record Refused(List<Refusal> refusals) implements Answer {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    /**
     * Binds it, with a back cover that counts its pages and, where something is to be said, the description of the file. Refused with everything that is missing.
     *
     * @param note for the description and the cover; may be empty
     */
    Answer bind(Case known, Retention retention, String note) {
        if (known.dispute().endedAt().isEmpty()) {
            return new Answer.Refused(List.of(Refusal.of("mediation-file-not-ended")));
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            Answer answer = bound(known, retention, note);
            if (answer instanceof Answer.Refused) {
                status.setRollbackOnly();
            }
            return answer;
        }));
    }

    private Answer bound(Case known, Retention retention, String note) {
        looks.record(known.matter(), Looks.What.CONTACTS);
        LocalDate today = CivilTime.dateOf(clock.instant());
        String filer = Acting.current() instanceof Actor.Staff staff ? staff.held().personName() : "";
        String kept = t("retention." + retention.name().toLowerCase(Locale.ROOT));
        Slot description = papers.of(known).stream().map(Kept::slot).filter(slot -> slot.of("description", 0)).findFirst().orElseThrow();
        List<Refusal> refusals = new ArrayList<>(papers.issue(known, description, filling.description(known, note)));
        List<Item> items = new ArrayList<>();
        int pages = 0;
        for (Kept one : papers.of(known)) {
            List<Leaf> leaves = leaves(one);
            if (leaves.isEmpty() && one.slot().need() == Need.OPTIONAL) {
                continue;
            }
            pages += one.paper().map(paper -> paper.newest().pages()).orElse(0) + one.slot().scans().size();
            items.add(new Item(papers.title(one.slot(), Locale.SIMPLIFIED_CHINESE), one.slot().need() == Need.REQUIRED && !one.erased(), one.erased() ? t("erased.note") : "", leaves));
        }
        Slot back = new Slot("back-cover", 0, "", Need.REQUIRED, false, LEAD, Optional.empty(), List.of());
        if (items.stream().noneMatch(item -> item.required() && item.leaves().isEmpty())) {
            refusals.addAll(papers.issue(known, back, new Content.BackCover(known.committee(), pages, filer, today, kept, "")));
            items.add(new Item(papers.title(back, Locale.SIMPLIFIED_CHINESE), true, "", papers.find(known, back).map(CaseFile::leaf).stream().toList()));
        }
        if (!refusals.isEmpty()) {
            return new Answer.Refused(refusals);
        }
        String title = t("file.title", filling.between(known), filling.cause(known));
        LocalDate from = CivilTime.dateOf(known.dispute().begunAt().orElse(known.dispute().takenUpAt()));
        Cover cover = new Cover(known.committee(), title, known.caseNumber().map(number -> number.shown()).orElse(""), String.join(t("and"), filling.mediators(known)), from,
                CivilTime.dateOf(known.dispute().endedAt().orElseThrow()), filer, today, kept, "");
        return switch (files.bind(new CaseFiles.Order(known.matter(), known.dispute().unit(), known.caseNumber(), LEAD, cover, items))) {
            case CaseFiles.Answer.Done(Bound done) -> entered(known, done, retention);
            case CaseFiles.Answer.Refused(List<Refusal> missing) -> new Answer.Refused(missing.stream().map(one -> new Refusal(one.code(), "", one.arguments())).toList());
        };
    }

    /** The matter's record says that its file was bound, and the clock that waits for it stops. */
    private Answer entered(Case known, Bound done, Retention retention) {
        Map<String, Object> input = Map.of("retention", retention.code(), "pages", Integer.toString(done.pages()), "digest", BoundFile.digest(done));
        String key = UUID.randomUUID().toString();
        int version = known.readings().getLast().seq();
        Matters.Answer answer = matters.getObject().act(Matters.Act.on(known.matter(), BoundFile.ACTION, input, version, key));
        if (answer instanceof Matters.Answer.Stale stale) {
            answer = matters.getObject().act(Matters.Act.on(known.matter(), BoundFile.ACTION, input, stale.version(), key));
        }
        return switch (answer) {
            case Matters.Answer.Done _ -> {
                marks.bound(known.matter());
                yield new Answer.Done(done);
            }
            case Matters.Answer.Refused(List<Refusal> refusals) -> new Answer.Refused(refusals.stream().map(one -> new Refusal(one.code(), "", one.arguments())).toList());
            case Matters.Answer.Stale _ -> new Answer.Refused(List.of(Refusal.of("mediation-file-moved")));
        };
    }

    private List<Leaf> leaves(Kept one) {
        if (one.missing()) {
            return List.of();
        }
        List<Leaf> leaves = new ArrayList<>();
        one.paper().map(CaseFile::leaf).ifPresent(leaves::add);
        for (Evidence scan : one.slot().scans()) {
            leaves.add(new Leaf.Picture(() -> new ByteArrayInputStream(filling.bytes(scan.id()).orElseThrow(() -> new IOException("a picture is gone")))));
        }
        return leaves;
    }

    private static Leaf leaf(Paper paper) {
        return new Leaf.Issued(paper.id(), paper.newest().version());
    }

    List<Bound> of(Case known) {
        return files.of(known.matter());
    }

    private String t(String key, Object... arguments) {
        return messages.getMessage("mediation.papers." + key, arguments, Locale.SIMPLIFIED_CHINESE);
    }
}
