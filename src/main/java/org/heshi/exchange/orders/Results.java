package org.heshi.exchange.orders;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.HeldPost;
import org.heshi.exchange.orders.OrderRows.Waiting;
import org.heshi.exchange.webhook.Offices;
import org.heshi.identity.ApiDoor;
import org.heshi.identity.Programs;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Entries;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MattersForPrograms;
import org.heshi.matters.Standings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * What waits for a program, in the other side's shape. Words are read from the matter when they are sent, and kept nowhere else: of an order of theirs as its
 * reporter reads them, of an order of ours as the post does that the program was given.
 */
@Component
@ConditionalOnWebApplication
class Results {

    private static final int REPORTER = 1;
    private static final String WORDS = "words";

    private final Mappings mappings;
    private final Standings standings;
    private final Entries entries;
    private final MatterRows matters;
    private final MatterLog log;
    private final Programs programs;
    private final Offices offices;
    private final ApiDoor door;

    Results(Mappings mappings, Standings standings, Entries entries, MatterRows matters, MatterLog log, Programs programs, Offices offices, ApiDoor door) {
        this.mappings = mappings;
        this.standings = standings;
        this.entries = entries;
        this.matters = matters;
        this.log = log;
        this.programs = programs;
        this.offices = offices;
        this.door = door;
    }

    /** What became of it. */
    sealed interface Written {
        record Made(ObjectNode body) implements Written {
        }

        /** Its matter is put away or erased, or about the program's own office, or about somebody in it. */
        record Never() implements Written {
        }

        /** Its mapping fails at it. */
        record NotMade(RuntimeException why) implements Written {
        }

        /** The program has ended or has no post just now, its mapping is not there, or the matter is not its to work on now: it waits. */
        record NotNow() implements Written {
        }
    }

    /** For which unit each program acts at this moment, for many that are written together. */
    Map<UUID, Offices.Office> offices() {
        return offices.now();
    }

    /** The same, with what a mapping fails at as one of the answers. */
    Written tried(Waiting waiting, Map<UUID, Offices.Office> offices) {
        try {
            return write(waiting, offices);
        } catch (NestedRuntimeException e) {
            // the database, not the mapping: it comes again
            throw e;
        } catch (RuntimeException e) {
            return new Written.NotMade(e);
        }
    }

    /** @throws RuntimeException when its mapping fails at it */
    Written write(Waiting waiting) {
        return write(waiting, offices.now());
    }

    private Written write(Waiting waiting, Map<UUID, Offices.Office> offices) {
        Optional<Mapping> mapping = mappings.find(waiting.mapping());
        Offices.Office office = offices.get(waiting.client());
        if (mapping.isEmpty() || office == null) {
            return new Written.NotNow();
        }
        if (waiting.what() == OrderRows.What.ENDED) {
            // nothing of the matter, which is another's
            return new Written.Made(Mapping.write(mapping.get().ended(), Map.of("id", waiting.id().toString(), "order-id", waiting.ends().orElseThrow().toString(), "number", waiting.number(),
                    "at", waiting.at())));
        }
        MatterLog.Now now = log.wordless(Set.of(waiting.matter())).get(waiting.matter());
        if (now == null || !mayRead(office, waiting.matter())) {
            return new Written.Never();
        }
        return switch (waiting.what()) {
            case RESULT -> result(mapping.get(), waiting, now);
            case STATUS -> new Written.Made(Mapping.write(mapping.get().status(), Map.of("id", waiting.id().toString(), "order", theirs(mapping.get(), waiting.number()),
                    "number", now.number().digits(), "kind", now.kind(), "state", waiting.state(), "at", waiting.at())));
            case ASSIGNED -> assigned(mapping.get(), waiting, now);
            case ENDED -> throw new IllegalStateException("written above");
        };
    }

    private Written result(Mapping mapping, Waiting waiting, MatterLog.Now now) {
        Optional<Entries.Entry> entry = Acting.as(new Actor.Resident(waiting.matter(), REPORTER), () -> entries.of(waiting.matter())).stream()
                .filter(one -> one.seq() == waiting.seq()).findFirst();
        if (entry.isEmpty()) {
            return new Written.Never();
        }
        Map<String, Object> ours = new HashMap<>();
        ours.put("id", waiting.id().toString());
        ours.put("order", theirs(mapping, waiting.number()));
        ours.put("number", now.number().digits());
        entry.get().said().stream().filter(said -> said.field().equals(WORDS)).findFirst().ifPresent(said -> ours.put(WORDS, said.value()));
        now.outcome().ifPresent(outcome -> ours.put("outcome", outcome));
        ours.put("state", waiting.state());
        ours.put("registered-at", now.recordedAt());
        ours.put("handed-back-at", waiting.at());
        return new Written.Made(Mapping.write(mapping.result(), ours));
    }

    /** Read in the program's post: what that post may not see is not there. */
    private Written assigned(Mapping mapping, Waiting waiting, MatterLog.Now now) {
        if (standings.of(Set.of(waiting.matter())).get(waiting.matter()) instanceof Standings.Standing standing && standing.postsBarred()) {
            return new Written.Never();
        }
        Optional<HeldPost> post = post(waiting.client());
        if (post.isEmpty() || !worksOn(waiting.matter()) || !now.lead().equals(Optional.of(post.get().unit()))) {
            return new Written.NotNow();
        }
        return Acting.as(new Actor.Staff(post.get()), () -> matters.rows(List.of(waiting.matter()))).stream().findFirst().<Written>map(row -> {
            Map<String, Object> ours = new HashMap<>(Map.of("id", waiting.id().toString(), "number", now.number().digits(), "place", row.place(), "division", now.division(),
                    "kind", now.kind(), "level", LEVELS.get(row.level()), "state", now.state(), "registered-at", now.recordedAt(), "assigned-at", waiting.at()));
            List.of("title", "description", "place-words").forEach(field -> Optional.ofNullable(row.words().get(field)).ifPresent(said -> ours.put(field, said)));
            now.category().ifPresent(category -> ours.put("category", category));
            row.dueAt().ifPresent(due -> ours.put("due-at", due));
            return new Written.Made(Mapping.write(mapping.assigned(), ours));
        }).orElseGet(Written.NotNow::new);
    }

    private static final List<String> LEVELS = List.of("blue", "yellow", "red");

    /** In which a program works on orders of ours, and reads them. */
    Optional<HeldPost> post(UUID client) {
        return program(client).flatMap(door::post);
    }

    private Optional<Actor.Client> program(UUID client) {
        return programs.running().stream().filter(program -> program.id().equals(client)).map(program -> new Actor.Client(program.id(), program.unit(), program.scopes())).findFirst();
    }

    /** Whether programs work on what it is now. What single posts must not know no program reads: all of its unit read what it does. */
    boolean worksOn(UUID matter) {
        return Optional.ofNullable(standings.of(Set.of(matter)).get(matter)).filter(standing -> !standing.postsBarred()).isPresent() && Optional.ofNullable(log.wordless(Set.of(matter)).get(matter)).filter(now -> !MattersForPrograms.PEOPLES_KINDS.contains(now.kind())).isPresent();
    }

    Optional<MatterNumber> number(UUID matter) {
        return Optional.ofNullable(standings.of(Set.of(matter)).get(matter)).map(Standings.Standing::number);
    }

    /** Their number as they write it. */
    static String theirs(Mapping mapping, String number) {
        String prefix = mapping.number().prefix();
        return number.startsWith(prefix) ? number.substring(prefix.length()) : number;
    }

    /** A program reads and adds to what it sent, but not what is about its office or one above it, and not what is put away. */
    boolean mayRead(UUID client, UUID matter) {
        return mayRead(offices.now().get(client), matter);
    }

    private boolean mayRead(Offices.@Nullable Office office, UUID matter) {
        Standings.Standing standing = standings.of(Set.of(matter)).get(matter);
        return office != null && standing != null && Collections.disjoint(office.all(), standing.barred());
    }
}
