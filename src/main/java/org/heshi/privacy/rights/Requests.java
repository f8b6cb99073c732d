package org.heshi.privacy.rights;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.Endings.Ground;
import org.heshi.matters.Entries;
import org.heshi.matters.Matters;
import org.heshi.matters.Parts;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Requests of data subjects. A request is a matter of the kind rights, with its queue and its limit; here stands which matter it is about, and what
 * was granted is carried out. A request is always about one matter, by its number: nobody is looked up by who they are (decision 11).
 */
@Component
public class Requests {

    /** What may be asked, in the order of the form. */
    static final List<String> WHAT = List.of("access", "copy", "correct", "complete", "delete", "explain", "complain");
    static final String KIND = "rights";
    static final String REQUEST = "request";

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final Actor.Machine MACHINE = new Actor.Machine("rights");
    private static final Set<String> GRANTED = Set.of("granted", "partly");
    private static final int LOT = 100;

    private final Matters matters;
    private final Endings endings;
    private final Parts parts;
    private final Entries entries;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final MessageSource messages;

    Requests(Matters matters, Endings endings, Parts parts, Entries entries, JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, MessageSource messages) {
        this.matters = matters;
        this.endings = endings;
        this.parts = parts;
        this.entries = entries;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.messages = messages;
    }

    /** Registers a request. @return what is wrong with it, or the number under which it is answered */
    Answer make(Endings.Subject about, int party, RequestForm form, String proof, String key) {
        Map<String, Object> input = new HashMap<>();
        input.put("title", messages.getMessage("privacy.right." + (WHAT.contains(form.what()) ? form.what() : "access"), null, java.util.Locale.SIMPLIFIED_CHINESE)
                + " " + about.number().shown());
        if (WHAT.contains(form.what())) {
            input.put("what", form.what());
        }
        input.put("about", about.number().digits());
        input.put("party", Integer.toString(party));
        input.put("kin", Boolean.toString(form.kin()));
        input.put("proof", proof);
        input.put("description", form.words());
        if (!form.name().isBlank()) {
            input.put("name", form.name());
        }
        if (!form.phone().isBlank()) {
            input.put("phone", form.phone());
        }
        input.putAll(form.child());
        // a request about a complaint goes where the complaint went, past the office that it is about
        about.accused().ifPresent(unit -> input.put("accused", unit.toString()));
        if (about.aboutOffice() && about.accused().isEmpty()) {
            input.put("about-office", "true");
            input.put("accused-words", messages.getMessage("privacy.right.accused", null, java.util.Locale.SIMPLIFIED_CHINESE));
        }
        Actor actor = Acting.current() instanceof Actor.Staff staff ? staff : MACHINE;
        Answer answer = Acting.as(actor, () -> matters.act(new Act(Optional.empty(), KIND, REQUEST, input, 0, key)));
        if (answer instanceof Answer.Done done) {
            Acting.run(MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql(INSERT).params(done.matter(), done.number().digits(), about.matter(),
                    about.number().digits(), party, form.what(), form.kin(), clock.instant().atOffset(ZoneOffset.UTC)).update()));
        }
        return answer;
    }

    static final String INSERT = """
            insert into privacy.request (request, number, about, about_number, party, what, kin, at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """;

    /**
     * @param carried  whether the program is done with it
     * @param byPeople whether it was granted that words go, but which of them the program cannot know, so that people see to it
     * @param answer   words of the answer, and where to turn; empty while there is none
     * @param parts    of each part that people erased: what went, and why the rest stays
     */
    public record Line(MatterNumber number, MatterNumber about, String what, boolean kin, Instant at, Optional<String> outcome, Optional<Instant> answeredAt, boolean carried, boolean byPeople,
            List<Entries.Said> answer, List<Entries.Entry> parts) {

        Line byPeople(boolean so) {
            return new Line(number, about, what, kin, at, outcome, answeredAt, carried, so, answer, parts);
        }
    }

    /** The requests about that matter by that party, the newest first, with their answers. For whoever made them. */
    List<Line> of(UUID about, int party) {
        return Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("select * from privacy.request where about = ? and party = ? order by at desc limit 50")
                .params(about, party).query((r, _) -> line(r, true)).list()));
    }

    /** The newest requests that who looks may see: the log of requests. */
    List<Line> newest(int limit) {
        record Row(UUID about, Line line) {
        }
        List<Row> rows = Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select * from privacy.request order by at desc limit ?").param(limit)
                .query((r, _) -> new Row(r.getObject("about", UUID.class), line(r, false))).list()));
        // whose words stand in the matter they may not see, only that people see to it
        return rows.stream().map(row -> row.line().byPeople(byPeople(row.line().what(), row.line().outcome(), row.about()))).toList();
    }

    private Line line(java.sql.ResultSet r, boolean words) throws java.sql.SQLException {
        UUID request = r.getObject("request", UUID.class);
        Optional<String> outcome = Optional.ofNullable(r.getString("outcome"));
        List<Entries.Said> answer = words && outcome.isPresent() ? entries.of(request).stream().filter(entry -> Set.of("grant", "refuse").contains(entry.action()))
                .flatMap(entry -> entry.said().stream()).filter(said -> Set.of("reply", "instead").contains(said.field())).toList() : List.of();
        UUID about = r.getObject("about", UUID.class);
        String number = r.getString("number");
        boolean byPeople = words && byPeople(r.getString("what"), outcome, about);
        List<Entries.Entry> parts = byPeople ? parts(about, new MatterNumber(number)) : List.of();
        return new Line(new MatterNumber(number), new MatterNumber(r.getString("about_number")), r.getString("what"), r.getBoolean("kin"),
                r.getObject("at", OffsetDateTime.class).toInstant(), outcome, Optional.ofNullable(r.getObject("answered_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                r.getObject("carried_at") != null, byPeople, answer, parts);
    }

    private List<Entries.Entry> parts(UUID about, MatterNumber number) {
        return entries.of(about).stream().filter(entry -> entry.action().equals("erase-part")
                && entry.said().stream().anyMatch(said -> said.field().equals("rule") && said.value().contains(number.shown()))).toList();
    }

    /**
     * @param about id of the matter that it is about
     * @param roles of its parties by number, when the request came by papers and does not say which of them it is
     */
    record Partly(UUID about, int party, Line line, SortedMap<Integer, String> roles) {

        /** One of several: who it is is still to be said. */
        private Partly among(SortedMap<Integer, String> parties) {
            return parties.size() > 1 ? new Partly(about, party, line, parties) : this;
        }

        Partly of(int whose) {
            return new Partly(about, whose, line, roles);
        }
    }

    /**
     * A request of which people carry out what was granted, for who may: they sit at the desk that answers it, and the matter is not about them.
     * Otherwise it is not there.
     */
    Optional<Partly> partly(MatterNumber number) {
        Actor.Staff staff = Acting.staffWith(Role.WINDOW_CLERK, Role.DISPATCHER, Role.HEAD, Role.SUPERVISOR);
        if (endings.subject(number).flatMap(Endings.Subject::desk).filter(staff.unit()::equals).isEmpty()) {
            return Optional.empty();
        }
        Optional<Partly> found = Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select * from privacy.request where number = ?").param(number.digits())
                .query((r, _) -> new Partly(r.getObject("about", UUID.class), r.getInt("party"), line(r, false), Collections.emptySortedMap())).optional()));
        return found.filter(one -> byPeople(one.line().what(), one.line().outcome(), one.about())).filter(one -> !endings.isAboutWhoActs(one.about()))
                .map(one -> endings.byPapers(number) ? one.among(endings.roles(one.about())) : one);
    }

    /** What may go at the request of that party, and how much belongs to others. */
    List<Parts.Held> held(UUID about) {
        return parts.held(about);
    }

    boolean carriedOut(UUID about, MatterNumber request) {
        return parts.done(about, request.digits());
    }

    /** Erases what was chosen; then the request is carried out. */
    Endings.Answer erase(Partly request, Set<Parts.Place> gone, String why, String words) {
        Endings.Answer answer = parts.erase(request.about(), request.party(), gone, why, words, request.line().number().digits());
        if (answer instanceof Endings.Answer.Done) {
            carryOut();
        }
        return answer;
    }

    private boolean byPeople(String what, Optional<String> outcome, UUID about) {
        return what.equals("delete") && outcome.filter(GRANTED::contains).filter(one -> !erases(one, about)).isPresent();
    }

    /** To erase is to erase a matter whole and for good: only where all of it was granted, and nobody else's words stand in it. */
    private boolean erases(String outcome, UUID about) {
        return outcome.equals("granted") && endings.roles(about).size() <= 1;
    }

    /** Those matters about which a request is not answered, or granted and not carried out: they are not ended by the clock. As a machine. */
    public Set<UUID> waiting(List<UUID> asked) {
        return new HashSet<>(Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select about from privacy.request where about = any (?) and carried_at is null")
                .param(asked.toArray(UUID[]::new)).query(UUID.class).list())));
    }

    private record Granted(UUID request, MatterNumber number, UUID about, int party, String what, String outcome, Instant answeredAt) {
    }

    /** Does what was granted. What cannot be done yet, because the matter goes on, waits. @return how many were carried out */
    public int carryOut() {
        int carried = 0;
        List<Granted> lot = granted(Instant.EPOCH, new UUID(0, 0));
        while (!lot.isEmpty()) {
            carried += carryOut(lot);
            // those that wait for their matter stay: they must not stand before the others for ever
            lot = lot.size() < LOT ? List.of() : granted(lot.getLast().answeredAt(), lot.getLast().request());
        }
        return carried;
    }

    private List<Granted> granted(Instant after, UUID request) {
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select request, number, about, party, what, outcome, answered_at from privacy.request
                where answered_at is not null and carried_at is null and (answered_at, request) > (?, ?) order by answered_at, request limit ?
                """).params(after.atOffset(ZoneOffset.UTC), request, LOT).query((r, _) -> new Granted(r.getObject("request", UUID.class), new MatterNumber(r.getString("number")),
                r.getObject("about", UUID.class), r.getInt("party"), r.getString("what"), r.getString("outcome"), r.getObject("answered_at", OffsetDateTime.class).toInstant()))
                .list())));
    }

    private int carryOut(List<Granted> granted) {
        int carried = 0;
        for (Granted one : granted) {
            try {
                if (Acting.as(MACHINE, () -> done(one))) {
                    Acting.run(MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql("update privacy.request set carried_at = ? where request = ? and carried_at is null")
                            .params(clock.instant().atOffset(ZoneOffset.UTC), one.request()).update()));
                    carried++;
                }
            } catch (RuntimeException e) {
                LOG.error("what was granted to a data subject could not be carried out; it is tried again", e);
            }
        }
        return carried;
    }

    private boolean done(Granted one) {
        if (!GRANTED.contains(one.outcome())) {
            return true;
        }
        return switch (one.what()) {
            // neither still open nor held back: those wait. A part waits for people, unless the time of the matter was over first
            case "delete" -> erases(one.outcome(), one.about()) ? !(endings.erase(one.about(), Ground.REQUEST, one.number().digits()) instanceof Endings.Answer.Refused)
                    : parts.done(one.about(), one.number().digits()) || endings.of(one.about()).flatMap(Endings.Ending::erasedAt).isPresent();
            case "correct", "complete" -> {
                String words = entries.of(one.request()).stream().filter(entry -> entry.action().equals(REQUEST)).flatMap(entry -> entry.said().stream())
                        .filter(said -> said.field().equals("description")).map(Entries.Said::value).findFirst().orElse("");
                // erased meanwhile: there is nothing any more that could be corrected
                yield words.isBlank() || corrected(one, words);
            }
            default -> true;
        };
    }

    /** Killed between the entry and the note that it was carried out, it must not be added twice. */
    private boolean corrected(Granted one, String words) {
        boolean there = entries.of(one.about()).stream().filter(entry -> entry.action().equals("correct")).flatMap(entry -> entry.said().stream())
                .anyMatch(said -> said.field().equals("rule") && said.value().contains(one.number().shown()));
        if (!there) {
            endings.correct(one.about(), one.party(), words, one.number().digits());
        }
        return true;
    }

    /** What is refused before anything is asked of the procedure. */
    static List<Refusal> against(RequestForm form) {
        List<Refusal> refusals = new java.util.ArrayList<>();
        if (!WHAT.contains(form.what())) {
            refusals.add(Refusal.at("what", "required"));
        }
        if (form.words().isBlank()) {
            refusals.add(Refusal.at("words", "required"));
        } else if (form.words().codePointCount(0, form.words().length()) > 5000) {
            refusals.add(Refusal.at("words", "too-long", 5000, form.words().codePointCount(0, form.words().length())));
        }
        return refusals;
    }
}
