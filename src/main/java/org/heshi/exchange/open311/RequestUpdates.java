package org.heshi.exchange.open311;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.HeldPost;
import org.heshi.identity.ApiDoor;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.ProgramReports;
import org.heshi.matters.Readings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * The extension {@code servicerequestupdates}, both ways: what became of public matters, for whoever fetches it; and what a partner tells of a matter, which
 * becomes an entry by the procedure. A partner who says that something is closed has said so; closing is for people.
 */
@Component
@ConditionalOnWebApplication
class RequestUpdates {

    /** What a partner may say that a request is, after its update. */
    private static final Set<String> STATES = Set.of("OPEN", "CLOSED", "FIXED", "IN_PROGRESS", "ACTION_SCHEDULED", "INVESTIGATING", "DUPLICATE",
            "NOT_COUNCILS_RESPONSIBILITY", "NO_FURTHER_ACTION", "INTERNAL_REFERRAL", "REOPEN", "FOR_TRIAGE");
    private static final int LONGEST = 4_000;
    private static final int LONGEST_ID = 200;
    private static final int TRIES = 8;
    /** States of intake in which nobody has said yet what it is. */
    private static final Set<String> WAITING = Set.of("reported", "registered");

    private final Matters matters;
    private final MatterRows rows;
    private final Readings readings;
    private final ProgramReports reports;
    private final ApiDoor door;

    RequestUpdates(Matters matters, MatterRows rows, Readings readings, ProgramReports reports, ApiDoor door) {
        this.matters = matters;
        this.rows = rows;
        this.readings = readings;
        this.reports = reports;
        this.door = door;
    }

    Said shown(List<PublicRequests.Update> updates, Locale locale) {
        Map<String, MatterRows.Kind> kinds = rows.kinds().stream().collect(Collectors.toMap(MatterRows.Kind::code, kind -> kind));
        return new Said.Many("service_request_updates", updates.stream().map(update -> {
            Optional<MatterRows.Kind> kind = Optional.ofNullable(kinds.get(update.kind()));
            return Said.one("request_update", "update_id", update.number() + "-" + update.seq(), "service_request_id", update.number(),
                    "status", kind.filter(known -> known.ends().contains(update.state())).isPresent() ? "CLOSED" : "OPEN", "updated_datetime", update.at(),
                    "description", kind.map(known -> known.states().get(update.state())).map(title -> title.in(locale)).orElse(""), "media_url", "");
        }).toList());
    }

    /** Whether it is as it was reported: nobody has sorted it yet, nor ended it. Asked for the program that reported it. */
    boolean notSorted(UUID matter) {
        List<Readings.Reading> entries = Acting.as(new Actor.Resident(matter, 1), () -> readings.of(matter));
        return !entries.isEmpty() && WAITING.contains(entries.getLast().state()) && entries.stream().noneMatch(entry -> entry.action().equals("sort"));
    }

    /**
     * Takes what a partner tells. The same update again is the same entry.
     *
     * @param why makes what is answered of the reasons for which it was refused
     * @return the id that it has here
     */
    String take(Actor.Client client, Asked asked, Function<List<Refusal>, Fault.Found> why) {
        List<Fault> faults = new ArrayList<>();
        for (String needed : List.of("update_id", "service_request_id", "status", "updated_datetime", "description")) {
            if (asked.find(needed).isEmpty()) {
                faults.add(Fault.bad("needed", needed));
            }
        }
        String status = asked.get("status").toUpperCase(Locale.ROOT);
        if (!status.isEmpty() && !STATES.contains(status)) {
            faults.add(Fault.bad("status", asked.get("status")));
        }
        String described = asked.get("description");
        if (described.codePointCount(0, described.length()) > LONGEST) {
            faults.add(Fault.bad("long", "description", LONGEST));
        }
        if (asked.get("update_id").length() > LONGEST_ID) {
            faults.add(Fault.bad("long", "update_id", LONGEST_ID));
        }
        Optional<String> media = asked.find("media_url");
        if (media.filter(link -> !Report.webAddress(link)).isPresent()) {
            faults.add(Fault.bad("media-url"));
        }
        if (!faults.isEmpty()) {
            throw new Fault.Found(faults);
        }
        Instant at = asked.time("updated_datetime").orElseThrow();
        String number = asked.get("service_request_id");
        MatterNumber matter = MatterNumber.parse(number).orElseThrow(() -> new Fault.Found(Fault.missing("request", number)));
        // for staff to judge; nobody here opens it
        String said = described + media.map(link -> "\n\n" + Report.MEDIA.zh() + "：" + link).orElse("") + "\n\n" + "对方系统时间：" + Said.time(at) + "，对方状态：" + status;
        String key = key(asked.get("update_id"));
        // who reported it adds to it in the reporter's place; whose unit works on it, in the post that an administrator gave the program
        Optional<Actor.Resident> reporter = client.scopes().contains("report") ? reports.reporter(client, matter) : Optional.empty();
        if (reporter.isPresent()) {
            return written(number(matter), Acting.as(reporter.get(), () -> act(reporter.get().matter(), "add", Map.of("words", said), key)), why);
        }
        Optional<HeldPost> post = client.scopes().contains("act") ? door.post(client) : Optional.empty();
        if (post.isPresent()) {
            Actor staff = new Actor.Staff(post.get());
            Optional<UUID> seen = Acting.as(staff, () -> rows.find(matter).filter(this::inPublic));
            if (seen.isPresent()) {
                Answer progress = Acting.as(staff, () -> act(seen.get(), "progress", Map.of("progress", said), key));
                return written(number(matter), progress instanceof Answer.Refused
                        ? Acting.as(staff, () -> act(seen.get(), "note", Map.of("note", said), key)) : progress, why);
            }
        }
        if (!client.scopes().contains("report") && !client.scopes().contains("act")) {
            throw new Fault.Found(Fault.key("key-not-for"));
        }
        throw new Fault.Found(Fault.missing("request", number));
    }

    /** A program does nothing in disputes, petitions and whatever else is not told singly (decision record 0019). */
    private boolean inPublic(UUID matter) {
        Set<Bilingual> kinds = rows.kinds().stream().filter(MatterRows.Kind::inPublic).map(MatterRows.Kind::title).collect(Collectors.toSet());
        return rows.rows(List.of(matter)).stream().anyMatch(row -> kinds.contains(row.kind()));
    }

    private static String number(MatterNumber matter) {
        return matter.digits();
    }

    private static String written(String number, Answer answer, Function<List<Refusal>, Fault.Found> why) {
        return switch (answer) {
            case Answer.Done done -> number + "-" + done.version();
            case Answer.Refused(List<Refusal> refusals) -> throw why.apply(refusals);
            case Answer.Stale _ -> throw new IllegalStateException("others act on " + number + " all the time");
        };
    }

    /** Adding words needs no certain version: whatever somebody else did meanwhile, they are added after it. */
    private Answer act(UUID matter, String action, Map<String, Object> input, String key) {
        int version = 0;
        Answer answer = matters.act(Act.on(matter, action, input, version, key));
        for (int n = 0; n < TRIES && answer instanceof Answer.Stale stale; n++) {
            version = stale.version();
            answer = matters.act(Act.on(matter, action, input, version, key));
        }
        return answer;
    }

    private static String key(String update) {
        try {
            return "open311-" + HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(update.getBytes(StandardCharsets.UTF_8)), 0, 24);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
