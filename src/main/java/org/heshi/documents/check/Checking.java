package org.heshi.documents.check;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.documents.PaperNumber;
import org.heshi.documents.check.Verdict.Kind;
import org.heshi.documents.check.Verdict.Standing;
import org.heshi.documents.render.CheckedKinds;
import org.heshi.documents.seal.SignatureReader;
import org.heshi.documents.seal.SignatureReader.Found;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares what a file bears with the register, by digest alone: only who holds a paper can ask about it. */
@Component
class Checking {

    private static final Actor.Machine MACHINE = new Actor.Machine("paper-check");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final SignatureReader signatures;
    private final CheckedKinds kinds;
    private final Directory directory;

    Checking(JdbcClient jdbc, TransactionTemplate transactions, SignatureReader signatures, CheckedKinds kinds, Directory directory) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.signatures = signatures;
        this.kinds = kinds;
        this.directory = directory;
    }

    private record Line(UUID unit, Optional<String> number, String kind, Instant at, Standing standing) {
    }

    Verdict check(SignatureReader.Source file, long size) throws IOException {
        return switch (signatures.read(file, size)) {
            case Found.Unsigned(String sha256) -> line(sha256).map(line -> told(Kind.KNOWN, line, sha256)).orElseGet(() -> nothing(Kind.UNKNOWN, sha256));
            case Found.Broken(String sha256, boolean ours) -> nothing(ours ? Kind.BROKEN : Kind.FOREIGN, sha256);
            case Found.Sealed sealed -> {
                Optional<Line> line = line(sealed.sealed());
                if (sealed.appended()) {
                    yield line.map(known -> told(Kind.CHANGED, known, sealed.sha256())).orElseGet(() -> nothing(Kind.BROKEN, sealed.sha256()));
                }
                // a seal whose key somebody else may have proves nothing that the register does not know
                yield line.map(known -> told(Kind.GENUINE, known, sealed.sha256())).orElseGet(() -> sealed.lost() ? nothing(Kind.BROKEN, sealed.sha256())
                        : new Verdict(Kind.NOT_IN_REGISTER, name(sealed.unit()), Optional.empty(), "", Optional.empty(), Standing.NONE, sealed.sha256()));
            }
        };
    }

    private Verdict told(Kind kind, Line line, String sha256) {
        return new Verdict(kind, name(line.unit()), line.number(), line.kind().isEmpty() ? "documents.case-file" : kinds.title(line.kind()).orElse(""),
                Optional.of(line.at()), line.standing(), sha256);
    }

    private static Verdict nothing(Kind kind, String sha256) {
        return new Verdict(kind, Optional.empty(), Optional.empty(), "", Optional.empty(), Standing.NONE, sha256);
    }

    private Optional<String> name(UUID unit) {
        return directory.findUnit(unit).map(Unit::name);
    }

    private Optional<Line> line(String sha256) {
        return Acting.as(MACHINE, () -> Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select p.unit as issuer, p.kind, p.given, v.made_at as at, n.id, n.unit, n.word, n.year, n.number, n.form,
                       case when p.withdrawn_at is not null then 'WITHDRAWN'
                            when p.replaced_at is not null or v.version < (select max(o.version) from documents.version o where o.paper = p.id) then 'REPLACED' else 'HOLDS' end as standing
                from documents.version v join documents.paper p on p.id = v.paper left join documents.number n on n.id = p.number where v.sha256 = :digest
                union all
                select p.unit, p.kind, p.given, r.at, n.id, n.unit, n.word, n.year, n.number, n.form,
                       case when p.withdrawn_at is not null then 'WITHDRAWN'
                            when p.replaced_at is not null or r.version < (select max(o.version) from documents.version o where o.paper = p.id) then 'REPLACED' else 'COPY' end
                from documents.reprint r join documents.paper p on p.id = r.paper left join documents.number n on n.id = p.number where r.sha256 = :digest
                union all
                select c.unit, '', null, c.bound_at, n.id, n.unit, n.word, n.year, n.number, n.form, 'CASE_FILE'
                from documents.case_file c left join documents.number n on n.id = c.number where c.sha256 = :digest
                """).param("digest", HexFormat.of().parseHex(sha256)).query((r, _) -> new Line(r.getObject("issuer", UUID.class),
                        r.getObject("id") == null ? Optional.ofNullable(r.getString("given")) : Optional.of(new PaperNumber(r.getObject("id", UUID.class),
                                r.getObject("unit", UUID.class), r.getString("word"), r.getInt("year"), r.getInt("number"), r.getString("form")).shown()),
                        r.getString("kind"), r.getObject("at", OffsetDateTime.class).toInstant(), Standing.valueOf(r.getString("standing")))).optional())));
    }
}
