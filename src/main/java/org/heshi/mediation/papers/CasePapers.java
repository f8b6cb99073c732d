package org.heshi.mediation.papers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.access.Looks;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Answer;
import org.heshi.documents.Papers.Numbering;
import org.heshi.documents.Papers.Rendered;
import org.heshi.kernel.Refusal;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.papers.Slot.Need;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Issues the papers of a case and knows which of them are there. Papers show contacts as they are: whoever makes one is recorded to have seen them. */
@Component
class CasePapers {

    static final String AGREEMENT = "agreement";
    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private final Filling filling;
    private final Papers papers;
    private final Looks looks;
    private final JdbcClient jdbc;
    private final MessageSource messages;
    private final TransactionTemplate transactions;
    private final InnerScope inner;

    CasePapers(Filling filling, Papers papers, Looks looks, JdbcClient jdbc, MessageSource messages, TransactionTemplate transactions, InnerScope inner) {
        this.filling = filling;
        this.papers = papers;
        this.looks = looks;
        this.jdbc = jdbc;
        this.messages = messages;
        this.transactions = transactions;
        this.inner = inner;
    }

    /**
     * A paper of the file, and the one of the register that it is, if any.
     *
     * @param forgotten whether what was issued before went when a part of the matter was erased
     */
    record Kept(Slot slot, Optional<Paper> paper, boolean forgotten) {

        /** A sealed agreement that went with what was erased: it is never made again, and the file is bound without it. */
        boolean erased() {
            return forgotten && paper.isEmpty() && slot.kind().equals(AGREEMENT);
        }

        boolean missing() {
            return slot.need() == Need.REQUIRED && paper.isEmpty() && !erased();
        }

        boolean ready() {
            return missing() && slot.content().isPresent();
        }
    }

    /** In the file's order. */
    List<Kept> of(Case known) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            Map<String, UUID> issued = new HashMap<>();
            jdbc.sql("select kind, about, paper from mediation.paper where matter = ?").param(known.matter())
                    .query(r -> { issued.put(r.getString("kind") + " " + r.getInt("about"), r.getObject("paper", UUID.class)); });
            Map<UUID, Paper> register = new HashMap<>();
            papers.of(known.matter()).forEach(paper -> register.put(paper.id(), paper));
            List<Kept> all = new ArrayList<>();
            for (Slot slot : filling.slots(known)) {
                Optional<Paper> paper = Optional.ofNullable(issued.remove(key(slot))).map(register::get).filter(one -> one.withdrawn().isEmpty());
                all.add(new Kept(slot, paper.filter(one -> !one.forgotten()), paper.filter(Paper::forgotten).isPresent()));
            }
            return List.copyOf(all);
        }));
    }

    private static String key(Slot slot) {
        return slot.code() + " " + slot.about();
    }

    /** How it would look now. */
    Rendered preview(Case known, Slot slot) {
        looks.record(known.matter(), Looks.What.CONTACTS);
        return papers.preview(draft(known, slot, content(slot)));
    }

    /** Issues it, or another version of it under the same number; never an agreement, which comes with the act that puts it in force. */
    List<Refusal> issue(Case known, Slot slot) {
        if (slot.kind().equals(AGREEMENT)) {
            return List.of(Refusal.of(find(known, slot).filter(Paper::forgotten).isPresent() ? "mediation-agreement-erased" : "mediation-agreement-by-act"));
        }
        return issue(known, slot, content(slot));
    }

    /** The agreement, in the transaction of the act that put its text in force. */
    List<Refusal> issueAgreement(Case known, Slot slot) {
        return known.dispute().inForce().isPresent() ? issue(known, slot, content(slot)) : List.of(Refusal.of("mediation-agreement-by-act"));
    }

    /** Another agreement was put in force: papers of the one before stay as they are, in the file under its number, and whoever checks them is told. */
    void replaced(Case known, int agreement) {
        inner.as(SELF, () -> {
            for (String kind : List.of("mediation-agreement", "mediation-oral", "mediation-confirmation", "mediation-confirmation-organisation")) {
                jdbc.sql("update mediation.paper set about = ? where matter = ? and kind = ? and about = 0 returning paper").params(agreement, known.matter(), kind).query(UUID.class).list()
                        .forEach(papers::replaced);
            }
        });
    }

    /** A paper that names nobody, or somebody as "party 2", is none: who cannot be read is not printed over. */
    static List<Refusal> nameless(Case known) {
        return known.dispute().principals().stream().map(Dispute.Participant::party).filter(party -> !known.named(party)).findFirst()
                .map(party -> List.of(Refusal.of("mediation-paper-nameless", party))).orElse(List.of());
    }

    /** A part of the caller's transaction when there is one, and nothing of it is done when it is refused. */
    List<Refusal> issue(Case known, Slot slot, Content content) {
        List<Refusal> nameless = nameless(known);
        if (!nameless.isEmpty()) {
            return nameless;
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            looks.record(known.matter(), Looks.What.CONTACTS);
            // two who issue the same one at the same moment come one after the other
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))").param("mediation.paper " + known.matter() + " " + key(slot)).query(r -> { });
            // what was withdrawn or forgotten is not revised: another paper takes its place
            Optional<Paper> before = find(known, slot).filter(paper -> paper.withdrawn().isEmpty() && !paper.forgotten());
            Answer answer = before.map(paper -> papers.revise(paper.id(), paper.newest().version(), (Record) content))
                    .orElseGet(() -> papers.issue(draft(known, slot, content)));
            return switch (answer) {
                case Answer.Done(Paper paper) -> {
                    if (before.isEmpty()) {
                        jdbc.sql("""
                                insert into mediation.paper (matter, kind, about, paper) values (?, ?, ?, ?) on conflict (matter, kind, about) do update set paper = excluded.paper
                                """).params(known.matter(), slot.code(), slot.about(), paper.id()).update();
                    }
                    yield List.of();
                }
                case Answer.Refused(List<Refusal> refusals) -> {
                    status.setRollbackOnly();
                    yield ofNoField(refusals);
                }
            };
        }));
    }

    /** Fields of a paper's content are none of a form. */
    private static List<Refusal> ofNoField(List<Refusal> refusals) {
        return refusals.stream().map(refusal -> new Refusal(refusal.code(), "", refusal.arguments())).distinct().toList();
    }

    private Papers.Draft draft(Case known, Slot slot, Content content) {
        Numbering numbering = slot.numbered() && known.caseNumber().isPresent() ? new Numbering.Same(known.caseNumber().get()) : new Numbering.None();
        return new Papers.Draft(slot.code(), known.matter(), known.dispute().unit(), numbering, slot.audience(), (Record) content);
    }

    private static Content content(Slot slot) {
        return slot.content().orElseThrow(() -> new java.util.NoSuchElementException("nothing to fill the paper from")).get();
    }

    /** What it is called, with whose it is. */
    String title(Slot slot, Locale locale) {
        String kind = messages.getMessage("mediation.papers." + name(slot), new Object[0], locale);
        return slot.whose().isEmpty() ? kind : messages.getMessage("mediation.papers.of", new Object[] {kind, slot.whose()}, locale);
    }

    static String name(Slot slot) {
        return slot.kind().equals("confirmation-organisation") ? "confirmation" : slot.kind();
    }

    /** The one of the register, when it was issued. */
    Optional<Paper> find(Case known, Slot slot) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select paper from mediation.paper where matter = ? and kind = ? and about = ?")
                .params(known.matter(), slot.code(), slot.about()).query(UUID.class).optional().flatMap(papers::find)));
    }
}
