package org.heshi.matters.act;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings.Answer;
import org.heshi.matters.Endings.Ground;
import org.heshi.matters.Forgetting;
import org.heshi.matters.NamedFiles;
import org.heshi.matters.Parts;
import org.heshi.matters.act.EndOfMatters.Stands;
import org.heshi.matters.log.Digests;
import org.heshi.matters.log.FieldWords;
import org.heshi.matters.procedure.HouseActs;
import org.heshi.matters.seal.KeptWords;
import org.heshi.matters.seal.PartsAgain;
import org.heshi.matters.seal.Seals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A part of a matter goes by another way than all of it: its key must be destroyed, too, because a backup holds what went under it, and then what stays has to
 * be under another. So it is sealed anew, in the transaction that writes the entry; before the old key goes, it is kept beside the keys, for a backup that
 * holds it under that one.
 */
@Component
class PartsOfMatters implements Parts, PartsAgain {

    private static final Logger LOG = LoggerFactory.getLogger(PartsOfMatters.class);
    private static final int WORDS = 2_000;
    private static final String CAME_BACK = "came-back";

    private final EndOfMatters endings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final NamedFiles named;
    private final ObjectProvider<Forgetting> rooms;
    private final Seals seals;
    private final FieldWords words;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    /** Not before those that came back were tried: what was begun in a backup is not to go on with what opens no more. */
    private volatile boolean mayGoOn;

    PartsOfMatters(EndOfMatters endings, JdbcClient jdbc, TransactionTemplate transactions, NamedFiles named, ObjectProvider<Forgetting> rooms, Seals seals, FieldWords words,
            InstantSource clock) {
        this.endings = endings;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.named = named;
        this.rooms = rooms;
        this.seals = seals;
        this.words = words;
        this.clock = clock;
    }

    /** A row that is not erased. */
    private record There(int seq, String field, int ordinal, @Nullable Integer party, String kind, byte[] sealed, Instant at) {

        String place() {
            return HouseActs.place(seq, field, ordinal);
        }
    }

    private List<There> there(UUID matter) {
        return jdbc.sql("""
                select p.seq, p.field, p.ordinal, p.party, p.class, p.sealed, e.recorded_at from matters.particular p
                join matters.entry e on e.matter = p.matter and e.seq = p.seq
                where p.matter = ? and p.sealed is not null order by p.seq, p.field, p.ordinal
                """).param(matter).query((r, _) -> new There(r.getInt("seq"), r.getString("field"), r.getInt("ordinal"),
                r.getObject("party") == null ? null : r.getInt("party"), r.getString("class"), r.getBytes("sealed"),
                r.getObject("recorded_at", OffsetDateTime.class).toInstant())).list();
    }

    @Override
    public List<Held> held(UUID matter) {
        return Objects.requireNonNull(Acting.as(EndOfMatters.MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select p.seq, p.field, p.ordinal, p.party, p.class, e.action, coalesce(e.from_kind, e.kind) as kind, coalesce(e.from_procedure, e.procedure) as procedure, e.recorded_at
                from matters.particular p join matters.entry e on e.matter = p.matter and e.seq = p.seq
                where p.matter = ? and p.sealed is not null and p.field <> ? order by p.seq, p.field, p.ordinal
                """).params(matter, HouseActs.STAYS).query((r, _) -> new Held(new Place(r.getInt("seq"), r.getString("field"), r.getInt("ordinal")),
                words.action(r.getString("kind"), r.getInt("procedure"), r.getString("action")), r.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                words.field(r.getString("kind"), r.getInt("procedure"), r.getString("action"), r.getString("field")), r.getString("class"),
                Optional.ofNullable(r.getObject("party") == null ? null : r.getInt("party")))).list())));
    }

    @Override
    public Answer erase(UUID matter, int party, Set<Place> gone, String why, String words, String rule) {
        if (!WHY.contains(why) || words.isBlank() || words.codePointCount(0, words.length()) > WORDS) {
            throw new IllegalArgumentException("a reason of those there are, and 1 to " + WORDS + " characters");
        }
        Actor who = Acting.current();
        if (!seals.copied()) {
            // what stays will stand under a key, and beside the keys: in the store alone it would be lost with it
            return new Answer.Refused(Refusal.of("part-copy-behind"));
        }
        Set<String> places = gone.stream().map(place -> HouseActs.place(place.seq(), place.field(), place.ordinal())).collect(Collectors.toCollection(LinkedHashSet::new));
        Answer answer = endings.as(matter, stands -> {
            if (stands.erased()) {
                return EndOfMatters.refused("ending-erased");
            }
            if (!stands.row().terminal) {
                return EndOfMatters.refused("ending-still-open");
            }
            Optional<Refusal> held = endings.heldBack(matter, Optional.of(Ground.REQUEST));
            if (held.isPresent()) {
                return held.map(Answer.Refused::new);
            }
            List<There> there = there(matter);
            List<There> going = there.stream().filter(row -> places.contains(row.place()) && !row.field().equals(HouseActs.STAYS)).toList();
            if (going.isEmpty() || going.size() < places.size()) {
                return EndOfMatters.refused("part-not-there");
            }
            if (going.stream().anyMatch(row -> row.party() != null && row.party() != party)) {
                return EndOfMatters.refused("part-of-others");
            }
            if (there.stream().allMatch(row -> places.contains(row.place()) || row.field().equals(HouseActs.STAYS))) {
                return EndOfMatters.refused("part-is-all");
            }
            if (!there.stream().filter(row -> !places.contains(row.place())).allMatch(row -> seals.opens(matter, row.seq(), row.field(), row.ordinal(), row.sealed()))) {
                return EndOfMatters.refused("part-not-open");
            }
            byte[] salt = Seals.salt(random);
            return part(stands, who, Ground.REQUEST, rule, Map.of("why", why), List.of(new Particular(HouseActs.STAYS, 0, Optional.empty(), "words", words.strip(), salt)), there, going,
                    Map.of());
        });
        if (answer instanceof Answer.Done) {
            finish(matter);
        }
        return answer;
    }

    /** Within the transaction: the entry, what goes, and what stays under a fresh key. @param kept what opens no more where it stands, sealed as it lies beside the keys */
    private Optional<Answer> part(Stands stands, Actor who, Ground ground, String rule, Map<String, Object> more, List<Particular> said, List<There> there, List<There> going,
            Map<String, byte[]> kept) {
        Row row = stands.row();
        UUID matter = row.id;
        Set<String> gone = going.stream().map(There::place).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<Integer, Set<UUID>> files = new HashMap<>();
        named.of(matter).forEach(file -> files.computeIfAbsent(file.seq(), _ -> new LinkedHashSet<>()).add(file.file()));
        Set<UUID> goneFiles = new LinkedHashSet<>();
        going.stream().filter(one -> one.kind().equals("file")).forEach(one -> seals.shown(matter, one.seq(), one.field(), one.ordinal(), one.sealed())
                .flatMap(value -> files.getOrDefault(one.seq(), Set.of()).stream().filter(id -> value.contains(id.toString())).findFirst()).ifPresent(goneFiles::add));
        UUID old = row.key;
        List<There> staying = there.stream().filter(one -> !gone.contains(one.place())).toList();
        row.key = seals.freshKey();
        byte[] digest = Digests.of(String.join("\n", endings.commitments(matter, gone)));
        Map<String, Object> data = new LinkedHashMap<>(more);
        data.put("ground", ground.code());
        data.put("rule", rule);
        data.put("particulars", gone.size());
        data.put("files", (int) going.stream().filter(one -> one.kind().equals("file")).count());
        data.put("erased", Digests.hex(digest));
        data.put("gone", List.copyOf(gone));
        Optional<Answer> done = endings.write(row, who, HouseActs.ERASE_PART, data, said);
        done.ifPresent(_ -> {
            OffsetDateTime at = row.lastAt.atOffset(ZoneOffset.UTC);
            for (There one : going) {
                jdbc.sql("update matters.particular set sealed = null, erased_at = ? where matter = ? and seq = ? and field = ? and ordinal = ?")
                        .params(at, matter, one.seq(), one.field(), one.ordinal()).update();
            }
            reseal(row, staying, kept);
            jdbc.sql("insert into matters.part (matter, seq, at, rule, particulars, fields, files, file_entries, digest, old_key) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(matter, row.version, at, rule, going.size(), going.stream().map(There::field).distinct().toArray(String[]::new), goneFiles.toArray(UUID[]::new),
                            going.stream().filter(one -> one.kind().equals("file")).map(There::seq).distinct().toArray(Integer[]::new), digest, old).update();
        });
        return done;
    }

    private void reseal(Row row, List<There> staying, Map<String, byte[]> kept) {
        List<There> moved = new ArrayList<>();
        List<byte[]> anew = new ArrayList<>();
        for (There one : staying) {
            // what does not open would be lost for good, because the key goes: nothing is done then
            Seals.Clear clear = seals.open(row.id, one.seq(), one.field(), one.ordinal(), kept.getOrDefault(one.place(), one.sealed()))
                    .orElseThrow(() -> new IllegalStateException("what stays of the matter " + row.id + " does not all open: " + one.place()));
            moved.add(one);
            anew.add(seals.seal(row.key, row.id, one.seq(), one.field(), one.ordinal(), clear.salt(), clear.value()));
        }
        int done = jdbc.sql("select matters.reseal(?, ?, ?, ?::smallint[], ?)").param(row.id).param(moved.stream().map(There::seq).toArray(Integer[]::new))
                .param(moved.stream().map(There::field).toArray(String[]::new)).param(moved.stream().map(There::ordinal).toArray(Integer[]::new)).param(anew.toArray(byte[][]::new))
                .query(Integer.class).single();
        if (done != moved.size()) {
            throw new IllegalStateException("what stays could not all be sealed anew");
        }
    }

    @Override
    public boolean again(UUID matter, KeptWords kept) {
        boolean back = Boolean.TRUE.equals(Acting.as(EndOfMatters.MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select exists (select from matters.matter where id = :matter and erased_at is null)
                  and not exists (select from matters.entry where matter = :matter and digest = :digest)
                """).param("matter", matter).param("digest", kept.digest()).query(Boolean.class).single())));
        if (!back) {
            return false;
        }
        Map<String, byte[]> beside = new HashMap<>();
        kept.words().forEach(word -> beside.put(HouseActs.place(word.seq(), word.field(), word.ordinal()), word.sealed()));
        Answer answer = endings.as(matter, stands -> {
            List<There> there = there(matter);
            Map<String, byte[]> dead = new HashMap<>();
            there.stream().filter(row -> beside.containsKey(row.place()) && seals.dead(row.sealed())).forEach(row -> dead.put(row.place(), beside.get(row.place())));
            // what was written after it came back is of today, whatever its number
            List<There> going = there.stream().filter(row -> row.seq() < kept.seq() && !row.at().isAfter(kept.at()) && !beside.containsKey(row.place())).toList();
            if (dead.values().stream().anyMatch(seals::dead) || going.isEmpty() && dead.isEmpty()) {
                // erased whole since, or put right before
                return Optional.of(new Answer.Already());
            }
            return part(stands, EndOfMatters.MACHINE, Ground.OTHER, CAME_BACK, Map.of(), List.of(), there, going, dead);
        });
        if (answer instanceof Answer.Done) {
            finish(matter);
        }
        return answer instanceof Answer.Done;
    }

    @Override
    public void letTheRestGoOn() {
        mayGoOn = true;
    }

    @Override
    public boolean done(UUID matter, String rule) {
        return Boolean.TRUE.equals(Acting.as(EndOfMatters.MACHINE, () -> transactions.execute(_ -> jdbc.sql("select exists (select from matters.part where matter = ? and rule = ?)")
                .params(matter, rule).query(Boolean.class).single())));
    }

    // ---- what the rooms hold

    private record Begun(Forgetting.Part part, Set<String> rooms) {

        Begun staying(Optional<Set<UUID>> files) {
            return new Begun(new Forgetting.Part(part.matter(), part.number(), part.seq(), part.fields(), part.files(), part.entries(), files, part.position()), rooms);
        }
    }

    private static final String BEGUN = """
            select p.*, m.number, matters.position_of(p.matter, p.seq) as position from matters.part p join matters.matter m on m.id = p.matter where p.done_at is null
            """;

    private List<Begun> begun(String where, Object parameter) {
        return Objects.requireNonNull(Acting.as(EndOfMatters.MACHINE, () -> transactions.execute(_ -> jdbc.sql(BEGUN + where).param(parameter).query((r, _) -> {
            long position = r.getLong("position");
            OptionalLong placed = r.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
            return new Begun(new Forgetting.Part(r.getObject("matter", UUID.class), new MatterNumber(r.getString("number")), r.getInt("seq"),
                    Set.of((String[]) r.getArray("fields").getArray()), Set.of((UUID[]) r.getArray("files").getArray()), Set.of((Integer[]) r.getArray("file_entries").getArray()),
                    Optional.empty(), placed), Set.of((String[]) r.getArray("rooms").getArray()));
        }).list().stream().map(one -> one.staying(staying(one.part().matter()))).toList())));
    }

    private Optional<Set<UUID>> staying(UUID matter) {
        boolean open = there(matter).stream().filter(row -> row.kind().equals("file")).allMatch(row -> seals.opens(matter, row.seq(), row.field(), row.ordinal(), row.sealed()));
        return open ? Optional.of(named.of(matter).stream().map(NamedFiles.Named::file).collect(Collectors.toSet())) : Optional.empty();
    }

    private void finish(UUID matter) {
        begun("and p.matter = ? order by p.seq", matter).forEach(this::finish);
    }

    @Override
    public int goOn(int limit) {
        return !mayGoOn ? 0 : (int) begun("order by p.at limit ?", limit).stream().filter(this::finish).count();
    }

    /** Each room that has forgotten is noted, so that what was killed goes on where it was. The last one waits for all others: they may need the key. */
    private boolean finish(Begun begun) {
        Forgetting.Part part = begun.part();
        boolean whole = true;
        for (Forgetting room : rooms.stream().sorted(Comparator.comparing(Forgetting::last)).toList()) {
            if (begun.rooms().contains(room.room())) {
                continue;
            }
            if (room.last() && !whole) {
                return false;
            }
            boolean forgotten;
            try {
                forgotten = Acting.as(EndOfMatters.MACHINE, () -> room.forgetPart(part));
            } catch (RuntimeException e) {
                LOG.error("the room {} could not forget a part of a matter that was erased; it is tried again", room.room(), e);
                forgotten = false;
            }
            whole &= forgotten;
            if (forgotten) {
                Acting.run(EndOfMatters.MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                        update matters.part set rooms = array_append(rooms, ?) where matter = ? and seq = ? and not ? = any (rooms)
                        """).params(room.room(), part.matter(), part.seq(), room.room()).update()));
            }
        }
        if (whole) {
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            Acting.run(EndOfMatters.MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                    update matters.part set done_at = greatest(at, ?) where matter = ? and seq = ? and done_at is null
                    """).params(now, part.matter(), part.seq()).update()));
        }
        return whole;
    }
}
