package org.heshi.supervision.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.Letter;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Numbering;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Entries;
import org.heshi.matters.Entries.Basis;
import org.heshi.matters.Entries.Entry;
import org.heshi.matters.Entries.Said;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Formal papers of the log as PDF under the seal of the unit that issued them, with the number that the act was given and for whom the entry is. */
@Component
class SealedLetters {

    private static final String KIND = "letter";
    /** What is longer stands as a paragraph and not in the table. */
    private static final int SHORT = 60;

    private final Papers papers;
    private final Entries entries;
    private final MessageSource words;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    SealedLetters(Papers papers, Entries entries, MessageSource words, JdbcClient jdbc, TransactionTemplate transactions) {
        this.papers = papers;
        this.entries = entries;
        this.words = words;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    Optional<Paper> find(UUID matter, Entry issued) {
        return papers.of(matter).stream().filter(paper -> paper.kind().equals(KIND) && paper.number().equals(issued.paper()) && !paper.forgotten() && paper.withdrawn().isEmpty())
                .findFirst();
    }

    /** Staff of the unit that issued it. */
    boolean mayIssue(Entry issued) {
        return Acting.current() instanceof Actor.Staff staff && issued.unit().equals(Optional.of(staff.held().unitName()));
    }

    /** Nothing is done when it was issued before. @throws java.util.NoSuchElementException when it is another unit's */
    List<Refusal> issue(UUID matter, Entry issued, Optional<String> to) {
        if (!mayIssue(issued)) {
            throw new java.util.NoSuchElementException("the paper of another unit");
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))").param("supervision.letter " + matter + " " + issued.seq()).query(r -> { });
            if (find(matter, issued).isPresent()) {
                return List.of();
            }
            Entry chinese = inChinese(() -> entries.of(matter)).stream().filter(entry -> entry.seq() == issued.seq()).findFirst().orElseThrow();
            Papers.Answer answer = papers.issue(new Papers.Draft(KIND, matter, Acting.staff().unit(), new Numbering.Given(issued.paper().orElseThrow()), issued.audience(),
                    letter(chinese, to)));
            if (answer instanceof Papers.Answer.Refused(List<Refusal> refusals)) {
                status.setRollbackOnly();
                return refusals.stream().map(refusal -> new Refusal(refusal.code(), "", refusal.arguments())).distinct().toList();
            }
            return List.of();
        }));
    }

    private Letter letter(Entry issued, Optional<String> to) {
        List<String> paragraphs = new ArrayList<>();
        List<Letter.Fact> facts = new ArrayList<>();
        for (Said said : issued.said()) {
            if (said.field().equals("paper") || said.value().isEmpty()) {
                continue;
            }
            if (said.value().length() > SHORT || said.value().contains("\n")) {
                paragraphs.add(t("supervision.paper.paragraph", said.label().zh(), said.value()));
            } else {
                facts.add(new Letter.Fact(said.label().zh(), said.value()));
            }
        }
        for (Basis basis : issued.basis()) {
            paragraphs.add(t("supervision.paper.by", t(basis.local() ? "procedure.basis.local" : "procedure.basis.law", basis.law(), basis.article())));
        }
        return new Letter(issued.title().zh(), to.orElse(""), paragraphs, facts, List.of(), issued.unit().orElse(""));
    }

    /** Papers are in Chinese, whatever language whoever issues them reads. */
    private static <T> T inChinese(Supplier<T> read) {
        Locale before = LocaleContextHolder.getLocale();
        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
        try {
            return read.get();
        } finally {
            LocaleContextHolder.setLocale(before);
        }
    }

    private String t(String key, Object... arguments) {
        return words.getMessage(key, arguments, Locale.SIMPLIFIED_CHINESE);
    }
}
