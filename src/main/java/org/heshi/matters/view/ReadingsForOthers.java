package org.heshi.matters.view;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.Readings;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.log.Packed;
import org.heshi.matters.log.Digests;
import org.heshi.matters.seal.Seals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Entries as they are, under the policies of who looks. */
@Component
class ReadingsForOthers implements Readings {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final Seals seals;
    private final MatterViews views;
    private final TransactionTemplate transactions;

    ReadingsForOthers(JdbcClient jdbc, Seals seals, MatterViews views, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.views = views;
        this.transactions = transactions;
    }

    @Override
    public List<Reading> of(UUID matter) {
        return transactions.execute(_ -> {
            Map<Integer, Map<String, String>> words = new HashMap<>();
            Map<Integer, List<Evidence>> files = new HashMap<>();
            jdbc.sql("select matter, seq, field, ordinal, class, sealed from matters.particular where matter = ? order by seq, ordinal").param(matter).query(r -> {
                Optional<String> value = seals.shown(r).filter(shown -> !shown.equals(Seals.UNREADABLE));
                int seq = r.getInt("seq");
                if (value.isPresent() && r.getString("class").equals("file")) {
                    files.computeIfAbsent(seq, _ -> new ArrayList<>()).add(file(value.get()));
                } else if (value.isPresent()) {
                    words.computeIfAbsent(seq, _ -> new LinkedHashMap<>()).putIfAbsent(r.getString("field"), value.get());
                }
            });
            return jdbc.sql("""
                    select e.seq, e.action, e.to_state, e.actor_party, e.digest, %s
                      from matters.entry e where e.matter = ? order by e.seq
                    """.formatted(Packed.COLUMNS)).param(matter).query((r, _) -> new Reading(r.getInt("seq"), r.getString("action"), r.getString("to_state"),
                            r.getObject("recorded_at", OffsetDateTime.class).toInstant(), Optional.ofNullable(r.getObject("actor_unit", UUID.class)),
                            Optional.ofNullable(r.getObject("actor_post", UUID.class)), Optional.ofNullable(r.getObject("actor_person", UUID.class)),
                            Optional.ofNullable(r.getObject("actor_party", Integer.class)), CanonicalJson.object(Packed.content(r), "data"),
                            words.getOrDefault(r.getInt("seq"), Map.of()), files.getOrDefault(r.getInt("seq"), List.of()), Digests.hex(r.getBytes("digest")))).list();
        });
    }

    @Override
    public List<Somebody> people(UUID matter) {
        return transactions.execute(_ -> {
            Map<Integer, Map<String, String>> contacts = new HashMap<>();
            jdbc.sql("""
                    select matter, seq, field, ordinal, coalesce(party, 1) as party, class, sealed from matters.particular
                     where matter = ? and class = 'contact' and sealed is not null order by seq, ordinal, field
                    """).param(matter).query(r -> {
                Map<String, String> theirs = contacts.computeIfAbsent(r.getInt("party"), _ -> new HashMap<>());
                // the newest counts; what does not open is not there, as among words
                String field = r.getString("field");
                seals.shown(r).ifPresent(value -> theirs.put(field, value));
            });
            contacts.values().forEach(theirs -> theirs.values().removeIf(Seals.UNREADABLE::equals));
            List<Somebody> people = jdbc.sql("select party, role from matters.party where matter = ? order by party").param(matter)
                    .query((r, _) -> new Somebody(r.getInt("party"), r.getString("role"), contacts.getOrDefault(r.getInt("party"), Map.of()))).list();
            if (people.isEmpty()) {
                // every matter has a party: whoever sees none does not see the matter
                throw new NoSuchElementException("no such matter for who looks");
            }
            return people;
        });
    }

    @Override
    public List<Erased> erased(UUID matter) {
        return transactions.execute(_ -> jdbc.sql("select seq, field, party from matters.particular where matter = ? and erased_at is not null and class <> 'file' order by seq, field")
                .param(matter).query((r, _) -> new Erased(r.getInt("seq"), r.getString("field"), Optional.ofNullable(r.getObject("party", Integer.class)))).list());
    }

    @Override
    public List<Next> next(UUID matter) {
        return views.nextActions(matter).stream().map(action -> new Next(action.name(), action.title())).toList();
    }

    private static Evidence file(String written) {
        JsonNode f = JSON.readTree(written);
        return new Evidence(UUID.fromString(f.path("id").asString()), f.path("name").asString(), f.path("mediaType").asString(), f.path("size").asLong(),
                f.path("sha256").asString(), f.path("original").asString(""));
    }
}
