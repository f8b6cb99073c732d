package org.heshi.documents.casefile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.SealedFiles;
import org.heshi.documents.CaseFiles;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.PaperNumber;
import org.heshi.documents.Papers;
import org.heshi.documents.register.Kept;
import org.heshi.documents.render.Look;
import org.heshi.documents.render.Press;
import org.heshi.documents.render.Printable;
import org.heshi.documents.render.Stamps;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Binds case files straight into the sealed store: nothing of them lies on the disk in clear, not for a moment. */
@Component
class BoundFiles implements CaseFiles {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Papers papers;
    private final Press press;
    private final Printable printable;
    private final Stamps stamps;
    private final Kept kept;
    private final SealedFiles files;
    private final MessageSource words;
    private final InstantSource clock;

    BoundFiles(JdbcClient jdbc, TransactionTemplate transactions, Papers papers, Press press, Printable printable, Stamps stamps, Kept kept, SealedFiles files,
            MessageSource words, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.papers = papers;
        this.press = press;
        this.printable = printable;
        this.stamps = stamps;
        this.kept = kept;
        this.files = files;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public Answer bind(Order order) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            List<Refusal> refusals = refusals(order);
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals);
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            UUID id = Uuid7.at(now);
            Binder.Finished[] done = new Binder.Finished[1];
            kept.write(id, out -> done[0] = write(order, now, out));
            Actor actor = Acting.current();
            jdbc.sql("""
                    insert into documents.case_file (id, matter, unit, number, audience, file, sha256, size, pages, bound_at, person, post)
                    values (:id, :matter, :unit, :number, :audience, :id, :sha256, :size, :pages, :now, :person, :post)
                    """)
                    .param("id", id).param("matter", order.matter()).param("unit", order.unit()).param("number", order.number().map(PaperNumber::id).orElse(null))
                    .param("audience", order.audience().toArray(String[]::new)).param("sha256", HexFormat.of().parseHex(done[0].sha256()))
                    .param("size", done[0].size()).param("pages", done[0].pages()).param("now", now.atOffset(ZoneOffset.UTC))
                    .param("person", actor instanceof Actor.Staff staff ? staff.person() : null).param("post", actor instanceof Actor.Staff staff ? staff.post() : null)
                    .update();
            return new Answer.Done(new Bound(id, order.matter(), order.unit(), now, done[0].pages(), done[0].size(), done[0].sha256(), false));
        }));
    }

    private List<Refusal> refusals(Order order) {
        List<Refusal> refusals = new ArrayList<>();
        for (Item item : order.items()) {
            if (item.required() && item.leaves().isEmpty()) {
                refusals.add(Refusal.at("items", "case-file-missing", item.title()));
            }
            for (Leaf leaf : item.leaves()) {
                if (leaf instanceof Leaf.Issued(UUID paper, int version)
                        && papers.find(paper).filter(found -> found.matter().equals(order.matter()) && !found.forgotten() && found.versions().size() >= version).isEmpty()) {
                    refusals.add(Refusal.at("items", "case-file-no-paper", item.title()));
                }
            }
        }
        refusals.addAll(printable.refusals(order.cover()));
        refusals.addAll(printable.refusals(new Contents(order.cover(), order.items().stream().map(item -> new Contents.Line(1, item.title(), "", item.note())).toList()))
                .stream().filter(refusal -> refusal.field().startsWith("lines")).toList());
        return refusals;
    }

    private Binder.Finished write(Order order, Instant now, OutputStream out) throws IOException {
        Binder binder = new Binder(out, stamps.pages());
        List<Contents.Line> lines = new ArrayList<>();
        for (Item item : order.items()) {
            int first = binder.pages() + 1;
            binder.mark(item.title());
            for (Leaf leaf : item.leaves()) {
                binder.add(pdf(leaf));
            }
            int last = binder.pages();
            lines.add(new Contents.Line(lines.size() + 1, item.title(), last < first ? "" : last == first ? "" + first : first + "-" + last, item.note()));
        }
        String title = words.getMessage("documents.case-file", new Object[0], Locale.SIMPLIFIED_CHINESE);
        PaperFrame frame = new PaperFrame(words, title, Optional.empty(), CivilTime.dateOf(now), false, "");
        binder.addInFront(press.print("documents/casefile.jte", frame, new Contents(order.cover(), lines), new Look.Issued(Optional.empty())).pdf());
        return binder.finish(title, now);
    }

    private byte[] pdf(Leaf leaf) throws IOException {
        return switch (leaf) {
            case Leaf.Issued(UUID paper, int version) -> papers.bytes(paper, version).orElseThrow(() -> new IOException("a paper is gone"));
            case Leaf.Pdf(Source source) -> all(source);
            case Leaf.Picture(Source source) -> PicturePage.of(all(source));
        };
    }

    private static byte[] all(Source source) throws IOException {
        try (InputStream in = source.open()) {
            return in.readAllBytes();
        }
    }

    @Override
    public List<Bound> of(UUID matter) {
        return bound("matter = ?", matter);
    }

    @Override
    public Optional<Bound> find(UUID caseFile) {
        return bound("id = ?", caseFile).stream().findFirst();
    }

    private List<Bound> bound(String where, UUID id) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select id, matter, unit, bound_at, pages, size, sha256, forgotten_at from documents.case_file where %s order by id desc
                """.formatted(where)).param(id).query((r, _) -> new Bound(r.getObject("id", UUID.class), r.getObject("matter", UUID.class),
                        r.getObject("unit", UUID.class), r.getObject("bound_at", OffsetDateTime.class).toInstant(), r.getInt("pages"), r.getLong("size"),
                        HexFormat.of().formatHex(r.getBytes("sha256")), r.getObject("forgotten_at") != null)).list()));
    }

    @Override
    public boolean write(UUID caseFile, OutputStream out) throws IOException {
        Optional<InputStream> found = find(caseFile).isEmpty() ? Optional.empty() : files.read(caseFile);
        if (found.isEmpty()) {
            return false;
        }
        try (InputStream in = found.get()) {
            in.transferTo(out);
        }
        return true;
    }
}
