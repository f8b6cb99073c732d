package org.heshi.exchange.orders;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.exchange.webhook.Delivery;
import org.heshi.exchange.webhook.Payload;
import org.heshi.identity.Programs;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Entries;
import org.heshi.matters.MatterLog;
import org.heshi.matters.Standings;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What is handed back of an order, in the other side's shape. Its words are read from the matter when they are sent, as its reporter reads them, and kept nowhere else. */
@Component
class Results implements Payload {

    private static final int REPORTER = 1;
    private static final String WORDS = "words";

    private final OrderRows rows;
    private final Mappings mappings;
    private final Standings standings;
    private final Entries entries;
    private final MatterLog log;
    private final Programs programs;
    private final Directory directory;

    Results(OrderRows rows, Mappings mappings, Standings standings, Entries entries, MatterLog log, Programs programs, Directory directory) {
        this.rows = rows;
        this.mappings = mappings;
        this.standings = standings;
        this.entries = entries;
        this.log = log;
        this.programs = programs;
        this.directory = directory;
    }

    @Override
    public String type() {
        return Delivery.RESULT;
    }

    @Override
    public Optional<String> of(Delivery delivery, UUID client) {
        return delivery.matter().flatMap(matter -> rows.of(client, matter))
                .flatMap(order -> write(order, delivery.id(), delivery.seq(), delivery.to(), delivery.at())).map(ObjectNode::toString);
    }

    @Override
    public void taken(Delivery delivery, UUID client) {
        delivery.matter().flatMap(matter -> rows.of(client, matter))
                .ifPresent(order -> rows.pushed(order, delivery.seq(), delivery.position(), delivery.to(), delivery.at()));
    }

    /** Empty when its matter is put away, erased, about the program's own office, or its mapping is gone. */
    Optional<ObjectNode> write(OrderRows.Order order, UUID id, int seq, String state, Instant at) {
        Optional<Mapping> mapping = mappings.find(order.mapping());
        if (mapping.isEmpty() || !mayRead(order.client(), order.matter())) {
            return Optional.empty();
        }
        MatterLog.Now now = log.wordless(Set.of(order.matter())).get(order.matter());
        Optional<Entries.Entry> entry = Acting.as(new Actor.Resident(order.matter(), REPORTER), () -> entries.of(order.matter())).stream().filter(one -> one.seq() == seq).findFirst();
        if (now == null || entry.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> ours = new HashMap<>();
        ours.put("id", id.toString());
        ours.put("order", theirs(mapping.get(), order.number()));
        ours.put("number", now.number().digits());
        entry.get().said().stream().filter(said -> said.field().equals(WORDS)).findFirst().ifPresent(said -> ours.put(WORDS, said.value()));
        now.outcome().ifPresent(outcome -> ours.put("outcome", outcome));
        ours.put("state", state);
        ours.put("registered-at", now.recordedAt());
        ours.put("handed-back-at", at);
        return Optional.of(Mapping.write(mapping.get().result(), ours));
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
        Optional<UUID> unit = programs.running().stream().filter(program -> program.id().equals(client)).map(Programs.Program::unit).findFirst();
        Standings.Standing standing = standings.of(Set.of(matter)).get(matter);
        if (unit.isEmpty() || standing == null) {
            return false;
        }
        Set<UUID> offices = new LinkedHashSet<>();
        for (Optional<UUID> next = unit; next.isPresent() && offices.add(Objects.requireNonNull(next.get()));) {
            next = directory.findUnit(next.get()).flatMap(Unit::parent);
        }
        return Collections.disjoint(offices, standing.barred());
    }
}
