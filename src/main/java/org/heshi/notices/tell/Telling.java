package org.heshi.notices.tell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Role;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog.Now;
import tools.jackson.databind.json.JsonMapper;

/** The rules of who is told of an entry: relations and roles, never persons. */
final class Telling {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String EMERGENCY = "emergency";
    private static final Set<Role> TAKE_IN = Set.of(Role.DISPATCHER, Role.WINDOW_CLERK);
    private static final Set<Role> TAKE_IN_NOW = Set.of(Role.DISPATCHER, Role.WINDOW_CLERK, Role.HEAD);
    private static final Set<Role> DISPATCH = Set.of(Role.DISPATCHER);
    private static final Set<Role> DISPATCH_OR_HEAD = Set.of(Role.DISPATCHER, Role.HEAD);
    private static final Set<Role> WORK = Set.of(Role.HANDLER, Role.HEAD, Role.GRID_WORKER, Role.MEDIATOR);
    private static final Set<Role> HEADS = Set.of(Role.HEAD);
    private static final Set<Role> CHECK = Set.of(Role.VERIFIER);
    private static final Set<Role> SUPERVISE = Set.of(Role.SUPERVISOR);
    /** Tasks are checked by whoever sets them. */
    private static final Set<Role> CHECK_TASKS = Set.of(Role.SUPERVISOR, Role.DISPATCHER, Role.HEAD);
    /** The program brings these; whoever they concern finds them in the queue. */
    private static final Set<String> UNTOLD = Set.of("import", "relay");

    private Telling() {
    }

    /** Posts with one of these roles in the units of this relation. */
    record Told(String relation, Set<Role> roles, String event) {
    }

    static List<Told> of(LoggedEntry entry, Now now) {
        if (UNTOLD.contains(entry.action())) {
            return List.of();
        }
        boolean emergency = entry.kind().equals(EMERGENCY);
        if (emergency && !entry.fromKind().equals(Optional.of(EMERGENCY))) {
            return List.of(new Told("desk", TAKE_IN_NOW, "emergency"));
        }
        if (entry.fromState().isEmpty() && now.turn().equals("lead")) {
            // made for a unit, not reported: a department that is called in, a task
            return List.of(new Told("lead", WORK, entry.kind().equals("whistle") ? "whistle" : "assigned"));
        }
        if (entry.action().equals("settle-found")) {
            // found and settled on a round: nobody has to take it in, somebody else has to check it
            return List.of(new Told("verifier", CHECK, "answered"));
        }
        if (entry.fromState().isEmpty()) {
            return List.of(new Told("desk", TAKE_IN, "new"));
        }
        if (entry.kind().equals("task") && now.turn().equals("verifier") && entry.action().equals("done")) {
            return List.of(new Told("verifier", CHECK_TASKS, "task-replied"));
        }
        return switch (entry.action()) {
            case "assign" -> List.of(new Told("lead", WORK, emergency ? "emergency" : "assigned"),
                    new Told("helper", WORK, emergency ? "emergency" : "assigned"));
            case "rule" -> List.of(new Told("lead", WORK, "ruled"), new Told("helper", WORK, "ruled"));
            case "whistle" -> List.of(new Told("lead", HEADS, "whistle-asked"));
            case "refuse-whistle" -> List.of(new Told("lead", WORK, "whistle-refused"));
            case "remind" -> List.of(new Told("lead", WORK, "remind"));
            case "say" -> List.of(new Told("verifier", CHECK, "said"));
            case "urge" -> List.of(new Told("lead", WORK, "urged"), new Told("desk", DISPATCH, "urged"));
            case "supervise" -> now.turn().equals("desk") || now.lead().isEmpty()
                    ? List.of(new Told("lead", WORK, "supervised"), new Told("desk", DISPATCH_OR_HEAD, "supervised"))
                    : List.of(new Told("lead", WORK, "supervised"));
            case "answer-order" -> List.of(new Told("desk", SUPERVISE, "order-answered"));
            case "take-on" -> List.of(new Told("lead", WORK, "taken-on"), new Told("desk", DISPATCH, "taken-on"));
            case "return" -> List.of(new Told("desk", DISPATCH, "returned"));
            case "answer" -> List.of(new Told("verifier", CHECK, "answered"));
            case "redo" -> List.of(new Told("lead", WORK, "redo"));
            case "reopen" -> List.of(new Told("desk", TAKE_IN_NOW, "reopened"), new Told("lead", WORK, "reopened"));
            case "remediate" -> List.of(new Told("lead", WORK, "reopened"));
            case "reply" -> atWork(now, "replied");
            case "add" -> atWork(now, "added");
            case "withdraw" -> List.of(new Told("desk", DISPATCH, "withdrawn"), new Told("lead", WORK, "withdrawn"));
            case "file", "report-back", "court-online" -> entry.kind().equals("dispute") ? List.of(new Told("helper", WORK, "moved")) : moved(entry, now) ? List.of(new Told(now.turn(), rolesFor(now.turn()), "moved")) : List.of();
            case "court-accepted", "court-confirmed", "court-refused" -> List.of(new Told("lead", WORK, "moved"));
            case "cancel-sitting", "cancel-talk", "move-sitting", "move-talk" -> List.of(new Told("lead", WORK, "sitting"));
            // whoever mediates hears what a party said or signed on their own telephone
            default -> entry.kind().equals("dispute") && entry.actorKind().equals("resident") ? List.of(new Told("lead", WORK, "party")) : moved(entry, now) ? List.of(new Told(now.turn(), rolesFor(now.turn()), "moved")) : List.of();
        };
    }

    /** The post of the leader that an entry names: it is told that the matter is theirs, whatever its relation. */
    static Optional<UUID> leader(LoggedEntry entry) {
        String leader = entry.action().equals("take-on") ? JSON.readTree(entry.content()).path("data").path("leader").asString("") : "";
        return leader.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(leader));
    }

    /** Whether the reporter, who gave an address for this, hears that there is news. What they did themselves is none, but for the receipt. */
    static boolean tellsReporter(LoggedEntry entry) {
        return !entry.action().equals("import") && !entry.actorKind().equals("resident")
                && entry.audience().stream().anyMatch(Set.of("reporter", "parties", "public")::contains);
    }

    private static List<Told> atWork(Now now, String event) {
        List<Told> told = new ArrayList<>();
        told.add(new Told("desk", DISPATCH, event));
        told.add(new Told("lead", WORK, event));
        if (now.turn().equals("verifier")) {
            told.add(new Told("verifier", CHECK, event));
        }
        return told;
    }

    /** An action that only a deployer's procedure knows: whoever has the turn by it is told. Signing for a matter tells nobody anything new. */
    private static boolean moved(LoggedEntry entry, Now now) {
        Set<String> known = Set.of("accept", "handle", "confirm", "sort", "rekind", "merge", "unmerge", "verify", "answer-at-once", "decline");
        return !known.contains(entry.action()) && !entry.fromState().equals(Optional.of(entry.toState()))
                && entry.toState().equals(now.state()) && Set.of("desk", "lead", "helper", "verifier").contains(now.turn());
    }

    /** Whoever works on what that relation has to do. */
    static Set<Role> rolesFor(String relation) {
        return switch (relation) {
            case "desk" -> TAKE_IN;
            case "verifier" -> CHECK;
            default -> WORK;
        };
    }
}
