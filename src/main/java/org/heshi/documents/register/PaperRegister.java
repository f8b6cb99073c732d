package org.heshi.documents.register;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.documents.Paper;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.PaperKind;
import org.heshi.documents.PaperNumber;
import org.heshi.documents.Papers;
import org.heshi.documents.UnitSeals.UnitSeal;
import org.heshi.documents.render.CheckedKinds;
import org.heshi.documents.render.Look;
import org.heshi.documents.render.CopyMarks;
import org.heshi.documents.render.Press;
import org.heshi.documents.render.Printable;
import org.heshi.documents.render.Printed;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The register of papers. A paper is made within the transaction that gives its number: one that cannot be printed, or sealed, was never issued, and its
 * number is the next one's.
 */
@Component
class PaperRegister implements Papers {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final CheckedKinds kinds;
    private final Press press;
    private final Printable printable;
    private final CopyMarks marks;
    private final Numbers numbers;
    private final KeptSeals seals;
    private final Kept kept;
    private final Directory directory;
    private final MessageSource words;
    private final InstantSource clock;
    private final String base;

    PaperRegister(JdbcClient jdbc, TransactionTemplate transactions, CheckedKinds kinds, Press press, Printable printable, CopyMarks marks, Numbers numbers, KeptSeals seals,
            Kept kept, Directory directory, MessageSource words, InstantSource clock,
            @Value("${heshi.base-url:}") String base) {
        this.base = base;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.kinds = kinds;
        this.press = press;
        this.printable = printable;
        this.marks = marks;
        this.numbers = numbers;
        this.seals = seals;
        this.kept = kept;
        this.directory = directory;
        this.words = words;
        this.clock = clock;
    }

    // ---- making

    @Override
    public List<Refusal> refusals(Record content) {
        return printable.refusals(content);
    }

    @Override
    public Rendered preview(Draft draft) {
        PaperKind kind = kind(draft);
        List<Refusal> refusals = printable.refusals(draft.content());
        if (!refusals.isEmpty()) {
            return new Rendered.Refused(refusals);
        }
        Printed printed = press.print(kind, frame(kind, Optional.empty(), clock.instant(), true), draft.content(), new Look.Preview(t("documents.preview")));
        return new Rendered.Done(printed.pdf(), printed.pages());
    }

    @Override
    public Answer issue(Draft draft) {
        PaperKind kind = kind(draft);
        Unit unit = directory.findUnit(draft.unit()).orElseThrow(() -> new NoSuchElementException("no such unit"));
        Optional<UnitSeal> seal = kind.sealed() ? seals.toSealWith(draft.unit()) : Optional.empty();
        List<Refusal> refusals = refusals(kind, unit, seal, draft.content());
        if (!refusals.isEmpty()) {
            return new Answer.Refused(refusals);
        }
        return Objects.requireNonNull(transactions.execute(_ -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            UUID id = Uuid7.at(now);
            Optional<PaperNumber> number = switch (draft.numbering()) {
                case Numbering.Fresh(String series) -> Optional.of(numbers.next(draft.matter(), draft.unit(), series, now));
                case Numbering.Same(PaperNumber same) -> Optional.of(same);
                case Numbering.Given _, Numbering.None _ -> Optional.empty();
            };
            Optional<String> given = draft.numbering() instanceof Numbering.Given(String shown) ? Optional.of(shown) : Optional.empty();
            if (number.isPresent() && numbers.of(draft.matter()).stream().noneMatch(number.get()::equals)) {
                throw new IllegalArgumentException("the number " + number.get().shown() + " was not given to this matter");
            }
            jdbc.sql("""
                    insert into documents.paper (id, kind, matter, unit, number, given, audience, issued_at)
                    values (:id, :kind, :matter, :unit, :number, :given, :audience, :now)
                    """)
                    .param("id", id).param("kind", kind.code()).param("matter", draft.matter()).param("unit", draft.unit())
                    .param("number", number.map(PaperNumber::id).orElse(null)).param("given", given.orElse(null))
                    .param("audience", draft.audience().toArray(String[]::new)).param("now", now.atOffset(ZoneOffset.UTC)).update();
            version(kind, id, 1, unit, seal, number.map(PaperNumber::shown).or(() -> given), draft.content(), now);
            return new Answer.Done(find(id).orElseThrow());
        }));
    }

    @Override
    public Answer revise(UUID paper, int version, Record content) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            // two who revise at the same moment come one after the other
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))").param("documents.paper " + paper).query(r -> { });
            Paper known = find(paper).orElseThrow(() -> new NoSuchElementException("no such paper for who asks"));
            PaperKind kind = kinds.get(known.kind());
            demand(kind, content);
            Unit unit = directory.findUnit(known.unit()).orElseThrow();
            Optional<UnitSeal> seal = kind.sealed() ? seals.toSealWith(known.unit()) : Optional.empty();
            List<Refusal> refusals = new ArrayList<>(refusals(kind, unit, seal, content));
            if (known.withdrawn().isPresent() || known.replaced().isPresent() || known.forgotten()) {
                refusals.add(Refusal.of("paper-withdrawn"));
            } else if (known.newest().version() != version) {
                refusals.add(Refusal.of("paper-revised", known.newest().version()));
            }
            if (!refusals.isEmpty()) {
                return new Answer.Refused(refusals);
            }
            version(kind, paper, version + 1, unit, seal, known.number(), content, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return new Answer.Done(find(paper).orElseThrow());
        }));
    }

    private void version(PaperKind kind, UUID paper, int version, Unit unit, Optional<UnitSeal> seal, Optional<String> number, Record content, Instant now) {
        Printed printed = press.print(kind, frame(kind, number, now, false), content, new Look.Issued(seal.map(_ -> unit.name())));
        byte[] pdf = seal.map(with -> seals.sign(with, printed, t(kind.title()), now)).orElse(printed.pdf());
        UUID file = Uuid7.at(now);
        kept.write(file, out -> out.write(pdf));
        By by = by();
        jdbc.sql("""
                insert into documents.version (paper, version, file, sha256, size, pages, seal, made_at, person, post)
                values (:paper, :version, :file, :sha256, :size, :pages, :seal, :now, :person, :post)
                """)
                .param("paper", paper).param("version", version).param("file", file).param("sha256", Kept.sha256(pdf)).param("size", pdf.length)
                .param("pages", printed.pages()).param("seal", seal.map(UnitSeal::id).orElse(null)).param("now", now.atOffset(ZoneOffset.UTC))
                .param("person", by.person()).param("post", by.post()).update();
    }

    private List<Refusal> refusals(PaperKind kind, Unit unit, Optional<UnitSeal> seal, Record content) {
        List<Refusal> refusals = new ArrayList<>(printable.refusals(content));
        if (kind.sealed()) {
            if (seal.isEmpty()) {
                refusals.add(Refusal.of("paper-no-seal", unit.name()));
            } else if (!seal.get().validUntil().isAfter(clock.instant())) {
                refusals.add(Refusal.of("paper-seal-over", unit.name(), CivilTime.dateOf(seal.get().validUntil())));
            }
            refusals.addAll(printable.refusals(new Name(unit.name())));
        }
        return refusals;
    }

    private record Name(String unit) {
    }

    private PaperKind kind(Draft draft) {
        PaperKind kind = kinds.get(draft.kind());
        demand(kind, draft.content());
        return kind;
    }

    private static void demand(PaperKind kind, Record content) {
        if (!kind.content().isInstance(content)) {
            throw new IllegalArgumentException("the paper " + kind.code() + " is filled from " + kind.content() + ", not " + content.getClass());
        }
    }

    private PaperFrame frame(PaperKind kind, Optional<String> number, Instant now, boolean preview) {
        return new PaperFrame(words, t(kind.title()), number, CivilTime.dateOf(now), preview, kind.sealed() && !preview && !base.isBlank() ? base + "/papers/check" : "");
    }

    private String t(String key, Object... arguments) {
        return words.getMessage(key, arguments, Locale.SIMPLIFIED_CHINESE);
    }

    private record By(@Nullable UUID person, @Nullable UUID post) {
    }

    private static By by() {
        return Acting.current() instanceof Actor.Staff staff ? new By(staff.person(), staff.post()) : new By(null, null);
    }

    @Override
    public boolean withdraw(UUID paper) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("update documents.paper set withdrawn_at = ? where id = ? and withdrawn_at is null and forgotten_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), paper).update())) == 1;
    }

    @Override
    public boolean replaced(UUID paper) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("update documents.paper set replaced_at = ? where id = ? and replaced_at is null and forgotten_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), paper).update())) == 1;
    }

    @Override
    public PaperNumber number(UUID matter, UUID unit, String series) {
        return Objects.requireNonNull(transactions.execute(_ -> numbers.next(matter, unit, new Numbering.Fresh(series).series(), clock.instant())));
    }

    // ---- finding

    @Override
    public List<PaperNumber> numbers(UUID matter) {
        return Objects.requireNonNull(transactions.execute(_ -> numbers.of(matter)));
    }

    @Override
    public Optional<Paper> find(UUID paper) {
        return papers("p.id = ?", paper).stream().findFirst();
    }

    @Override
    public List<Paper> of(UUID matter) {
        return papers("p.matter = ?", matter);
    }

    private List<Paper> papers(String where, UUID id) {
        Map<UUID, Paper> papers = new LinkedHashMap<>();
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                select p.id as paper, p.kind, p.matter, p.unit as issuer, p.given, p.issued_at, p.withdrawn_at, p.replaced_at, p.forgotten_at, v.version, v.made_at, v.pages, v.size,
                       v.sha256, v.seal, n.id, n.unit, n.word, n.year, n.number, n.form
                from documents.paper p join documents.version v on v.paper = p.id left join documents.number n on n.id = p.number
                where %s order by p.issued_at, p.id, v.version
                """.formatted(where)).param(id).query(r -> {
                    UUID paper = r.getObject("paper", UUID.class);
                    Paper.Version version = new Paper.Version(r.getInt("version"), r.getObject("made_at", OffsetDateTime.class).toInstant(), r.getInt("pages"),
                            r.getLong("size"), Kept.hex(r.getBytes("sha256")), r.getObject("seal") != null);
                    Paper before = papers.get(paper);
                    List<Paper.Version> versions = new ArrayList<>(before == null ? List.of() : before.versions());
                    versions.add(version);
                    Optional<PaperNumber> number = r.getObject("id") == null ? Optional.empty() : Optional.of(Objects.requireNonNull(Numbers.ROW.mapRow(r, 0)));
                    papers.put(paper, new Paper(paper, r.getString("kind"), r.getObject("matter", UUID.class), r.getObject("issuer", UUID.class),
                            number.map(PaperNumber::shown).or(given(r.getString("given"))), number, r.getObject("issued_at", OffsetDateTime.class).toInstant(),
                            Optional.ofNullable(r.getObject("withdrawn_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                            Optional.ofNullable(r.getObject("replaced_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant), r.getObject("forgotten_at") != null,
                            versions));
                }));
        return List.copyOf(papers.values());
    }

    private static Supplier<Optional<String>> given(@Nullable String given) {
        return () -> Optional.ofNullable(given);
    }

    private record File(UUID id, boolean sealed) {
    }

    private Optional<File> file(UUID paper, int version) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select file, seal from documents.version where paper = ? and version = ?").params(paper, version)
                .query((r, _) -> new File(r.getObject("file", UUID.class), r.getObject("seal") != null)).optional()));
    }

    @Override
    public Optional<byte[]> bytes(UUID paper, int version) {
        return file(paper, version).flatMap(file -> kept.read(file.id()));
    }

    // ---- printing again

    @Override
    public Optional<byte[]> reprint(UUID paper) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))").param("documents.paper " + paper).query(r -> { });
            Optional<Paper> known = find(paper).filter(found -> !found.forgotten() && found.withdrawn().isEmpty());
            if (known.isEmpty()) {
                return Optional.empty();
            }
            int version = known.get().newest().version();
            Optional<byte[]> issued = bytes(paper, version);
            if (issued.isEmpty()) {
                return Optional.empty();
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            int nth = jdbc.sql("select coalesce(max(nth), 0) + 1 from documents.reprint where paper = ?").param(paper).query(Integer.class).single();
            PaperKind kind = kinds.get(known.get().kind());
            PaperFrame frame = frame(kind, known.get().number(), now, false);
            Printed copy = marks.copied(issued.get(), t("documents.reprint", nth, frame.date(now)));
            // one whose seal ended meanwhile comes without: whoever wants to check has the first one
            Optional<UnitSeal> seal = known.get().newest().sealed() ? seals.find(known.get().unit()).filter(with -> with.validUntil().isAfter(now)) : Optional.empty();
            byte[] pdf = seal.map(with -> seals.sign(with, copy, frame.title(), now)).orElse(copy.pdf());
            By by = by();
            jdbc.sql("insert into documents.reprint (paper, nth, version, sha256, at, person, post) values (:paper, :nth, :version, :sha256, :now, :person, :post)")
                    .param("paper", paper).param("nth", nth).param("version", version).param("sha256", Kept.sha256(pdf)).param("now", now.atOffset(ZoneOffset.UTC))
                    .param("person", by.person()).param("post", by.post()).update();
            return Optional.of(pdf);
        }));
    }
}
