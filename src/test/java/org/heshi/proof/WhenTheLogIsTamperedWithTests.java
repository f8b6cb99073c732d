package org.heshi.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.Contents;
import org.heshi.Positions;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.boot.database.Server;
import org.heshi.matters.log.Packed;
import org.heshi.matters.seal.Seals;
import org.heshi.matters.Chains;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Receipts;
import org.heshi.matters.TreeProof;
import org.heshi.proof.head.Heads;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.note.Note;
import org.heshi.proof.note.SigningKey;
import org.heshi.proof.note.TreeHead;
import org.heshi.proof.tree.Hash;
import org.heshi.proof.tree.Merkle;
import org.heshi.proof.tree.Tiles;
import org.heshi.proof.tree.Tree;
import org.heshi.proof.tree.TreeFollower;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Somebody who owns the database, knows how the program computes and, at the worst, has the log's key. What they can hide from this database they cannot
 * hide from a head or a receipt that somebody else kept.
 */
@ProofTest
class WhenTheLogIsTamperedWithTests {

    private static final List<String> TABLES = List.of("matters.matter", "matters.entry_row", "matters.particular", "matters.position_row", "matters.sequencer", "proof.tile", "proof.bough",
            "proof.tree", "proof.head", "proof.key");

    @Autowired
    ApplicationContext context;
    @Autowired
    Server server;
    @Autowired
    Chains chains;
    @Autowired
    TreeProof proof;
    @Autowired
    Heads heads;
    @Autowired
    LogKeys keys;
    @Autowired
    Seals seals;
    @Autowired
    Receipts receipts;
    @Autowired
    @Qualifier("followersRunner")
    SmartLifecycle followers;

    private Hall hall;
    private Answer.Done first;
    private Answer.Done second;
    private String witnessed;
    private String receipt;

    @BeforeEach
    void aLogUnderTwoHeads() throws SQLException {
        hall = new Hall(context);
        first = hall.accepted();
        second = hall.accepted();
        ProofWaits.signed(context);
        hall.accepted();
        ProofWaits.signed(context);
        witnessed = heads.newest().orElseThrow().note().toString();
        receipt = receipts.of(second.number(), 1).orElseThrow();
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            s.execute("create schema kept");
            for (String table : TABLES) {
                s.execute("create table kept." + table.substring(table.indexOf('.') + 1) + " as table " + table);
            }
        }
    }

    @AfterEach
    void putBack() throws SQLException {
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            owner.setAutoCommit(false);
            for (String table : TABLES) {
                s.execute("alter table " + table + " disable trigger user");
            }
            s.execute("delete from proof.sent");
            s.execute("delete from matters.position_row");
            s.execute("delete from matters.particular");
            s.execute("update matters.sequencer q set position = k.position, xid = k.xid from kept.sequencer k");
            s.execute("delete from matters.entry_row");
            s.execute("alter table matters.entry_row drop constraint if exists entry_matter_fkey");
            s.execute("alter table matters.entry_row add constraint entry_matter_fkey foreign key (matter) references matters.matter (id)");
            String columns;
            try (ResultSet r = s.executeQuery("""
                    select string_agg(format('%1$I = k.%1$I', attname), ', ') from pg_attribute
                    where attrelid = 'matters.matter'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'id'""")) {
                r.next();
                columns = r.getString(1);
            }
            s.execute("update matters.matter m set " + columns + " from kept.matter k where k.id = m.id");
            for (String table : List.of("matters.entry_row", "matters.particular", "matters.position_row")) {
                s.execute("insert into " + table + " select * from kept." + table.substring(table.indexOf('.') + 1));
            }
            for (String table : List.of("proof.tile", "proof.bough", "proof.tree", "proof.head", "proof.key")) {
                s.execute("delete from " + table);
                s.execute("insert into " + table + " select * from kept." + table.substring(table.indexOf('.') + 1));
            }
            for (String table : TABLES) {
                s.execute("alter table " + table + " enable trigger user");
            }
            s.execute("drop schema kept cascade");
            owner.commit();
        }
        if (!followers.isRunning()) {
            followers.start();
        }
        assertThat(found(List.of())).as("put back").isEmpty();
    }

    private List<Chains.Wrong> wrongs(List<String> kept) {
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> {
            chains.verify(Optional.empty(), wrong::add, _ -> { });
            proof.verify(kept, List.of(), wrong::add, _ -> { });
        });
        return wrong;
    }

    private Set<String> found(List<String> kept) {
        Set<String> codes = new LinkedHashSet<>();
        wrongs(kept).forEach(wrong -> codes.add(wrong.what()));
        return codes;
    }

    /** What the one with all rights does. */
    @FunctionalInterface
    interface Deed {
        void against(WhenTheLogIsTamperedWithTests log, Statement s) throws SQLException;
    }

    private static Arguments deed(String name, String foundHere, Deed deed) {
        return Arguments.of(name, foundHere, deed);
    }

    static Stream<Arguments> deeds() {
        return Stream.of(
                deed("an entry's content is changed", "content-changed", (log, s) ->
                        Contents.change(s, "matter = '" + log.first.matter() + "' and action = 'accept'", false, said -> said.replace("\"accept\"", "\"return\""))),
                deed("content and digest are changed", "chain-broken", (log, s) ->
                        Contents.change(s, "matter = '" + log.first.matter() + "' and action = 'sort'", true, said -> said.replace("\"sort\"", "\"rank\""))),
                deed("words are changed", "particular-changed", (log, s) ->
                        log.said(s, log.first.matter(), new byte[32], "没有这回事")),
                deed("sealed words are damaged", "particular-changed", (log, s) ->
                        s.execute("update matters.particular set sealed = set_byte(sealed, octet_length(sealed) - 1, (get_byte(sealed, octet_length(sealed) - 1) + 1) % 256) where matter = '"
                                + log.first.matter() + "' and field = 'description'")),
                deed("sealed words of another matter are put in their place", "particular-changed", (log, s) ->
                        s.execute("update matters.particular p set sealed = k.sealed from kept.particular k where p.matter = '" + log.first.matter()
                                + "' and k.matter = '" + log.second.matter() + "' and p.field = 'description' and k.field = 'description'")),
                deed("an entry is said to be another step", "columns-changed", (log, s) ->
                        s.execute("update matters.entry_row set step = (select step from matters.entry_row where matter = '" + log.second.matter() + "' and seq = 1) where matter = '"
                                + log.first.matter() + "' and seq = 2")),
                deed("words are taken away", "particular-missing", (log, s) ->
                        s.execute("delete from matters.particular where matter = '" + log.first.matter() + "' and field = 'description'")),
                deed("the row says another state", "row-differs", (log, s) -> s.execute("update matters.matter set state = 'assigned', turn = 'lead' where id = '" + log.first.matter() + "'")),
                deed("the last entry of a matter is deleted", "row-differs", (log, s) -> {
                    Positions.change(s, "delete from place p using (select max(seq) as seq from matters.entry_row where matter = '" + log.second.matter()
                            + "') l where p.matter = '" + log.second.matter() + "' and p.seq = l.seq");
                    s.execute("delete from matters.particular p using (select max(seq) as seq from matters.entry_row where matter = '" + log.second.matter()
                            + "') l where p.matter = '" + log.second.matter() + "' and p.seq = l.seq");
                    s.execute("delete from matters.entry_row e using (select max(seq) as seq from matters.entry_row where matter = '" + log.second.matter()
                            + "') l where e.matter = '" + log.second.matter() + "' and e.seq = l.seq");
                }),
                deed("an entry in the middle is deleted", "entry-missing", (log, s) -> {
                    Positions.change(s, "delete from place where matter = '" + log.first.matter() + "' and seq = 2");
                    s.execute("delete from matters.particular where matter = '" + log.first.matter() + "' and seq = 2");
                    s.execute("delete from matters.entry_row where matter = '" + log.first.matter() + "' and seq = 2");
                }),
                deed("an entry is made to say that something is gone, in a way that nobody writes", "content-changed", (log, s) -> Contents.change(s,
                        "matter = '" + log.first.matter() + "' and action = 'accept'", false, said -> said.replace("\"action\":\"accept\"", "\"action\":\"erase-part\"")
                                .replace("\"data\":{}", "\"data\":{\"gone\":{\"a\":{}}}"))),
                deed("an entry of no matter is put in", "matter-missing", (log, s) -> {
                    s.execute("alter table matters.entry_row drop constraint entry_matter_fkey");
                    s.execute("create temporary table stray on commit drop as select * from matters.entry_row where matter = '" + log.second.matter() + "' and seq = 1");
                    s.execute("update stray set matter = gen_random_uuid(), idempotency_key = null");
                    s.execute("insert into matters.entry_row select * from stray");
                }),
                deed("two entries change places in the log", "history-contradicts-head", (log, s) ->
                    Positions.change(s, "update place set matter = case matter when '%1$s' then '%2$s' else '%1$s' end::uuid where seq = 1 and matter in ('%1$s', '%2$s')"
                            .formatted(log.first.matter(), log.second.matter()))),
                deed("an entry is given a second place", "position-order", (log, s) ->
                        Positions.change(s, "insert into place select max(position) + 1, '" + log.first.matter() + "', 1 from place")),
                deed("a place in the middle is taken away", "position-missing", (log, s) ->
                        Positions.change(s, "delete from place where matter = '" + log.first.matter() + "' and seq = 2")),
                deed("the newest place is taken away", "position-missing", (_, s) ->
                        Positions.change(s, "delete from place where position = (select max(position) from place)")),
                deed("the end of the log is cut off", "log-truncated", (_, s) ->
                        Positions.change(s, "delete from place where position > (select max(size) - 3 from proof.head)")),
                deed("a tile of the tree is changed", "tile-changed", (_, s) ->
                        s.execute("update proof.tile set hashes = overlay(hashes placing sha256('x') from 1 for 32) where level = (select max(level) from proof.tile)")),
                deed("a head is given another root", "head-not-signed", (_, s) ->
                        s.execute("update proof.head set note = regexp_replace(note, '\\n[A-Za-z0-9+/]{43}=\\n', E'\\n' || encode(sha256('x'), 'base64') || E'\\n')")),
                deed("a head is gone over by a pen", "head-unreadable", (_, s) -> s.execute("update proof.head set note = 'nothing'")),
                deed("a key is put in that nobody stated", "key-not-stated", (_, s) ->
                        s.execute("insert into proof.key values ('00000000', 99, 'heshi-test', sha256('x'), now(), 'nothing')")),
                deed("a chain is made anew from a changed report on", "history-contradicts-head", (log, s) -> log.rewritten(s)),
                deed("a chain and the tree are made anew", "history-contradicts-head", (log, s) -> {
                    log.rewritten(s);
                    log.replanted(s);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deeds")
    void isFoundHere(String name, String code, Deed deed) throws SQLException {
        assertThat(found(List.of(witnessed, receipt))).as("before").isEmpty();
        done(deed);
        assertThat(found(List.of())).as(name).contains(code);
    }

    @Test
    void isFoundByAKeptHeadAndAReceiptWhenEverythingHereWasMadeToFit() throws SQLException {
        done((log, s) -> {
            log.rewritten(s);
            log.replanted(s);
            log.resigned(s);
        });
        assertThat(found(List.of())).as("nothing here contradicts").isEmpty();
        assertThat(found(List.of(witnessed))).containsExactly("history-contradicts-kept-head");
        String mails = "Subject: x\r\n\r\n" + witnessed.replace("\n", "\r\n") + "\r\n" + receipt;
        assertThat(found(List.of(receipt))).as("a promise whose time is not over").isEmpty();
        MovedTime.at(heads.newest().orElseThrow().head().at().plus(Duration.ofHours(3)), () -> {
            assertThat(found(List.of(receipt))).containsExactly("receipt-not-in-log");
            assertThat(found(List.of(mails))).containsExactlyInAnyOrder("history-contradicts-kept-head", "receipt-not-in-log");
        });
    }

    @Test
    void isFoundByAKeptHeadWhenTheEndIsCutOffEverywhere() throws SQLException {
        done((log, s) -> {
            s.execute("delete from proof.sent");
            s.execute("delete from proof.head where size = (select max(size) from proof.head)");
            Positions.change(s, "delete from place where position > (select max(size) from proof.head)");
            log.replanted(s);
        });
        assertThat(found(List.of(witnessed))).contains("log-truncated");
    }

    @Test
    void isFoundWhenTwoHeadsOfOneSizeWereSigned() throws SQLException {
        TreeHead kept = heads.newest().orElseThrow().head();
        SigningKey key = keys.signing();
        String forked = Note.signed(new TreeHead(kept.origin(), kept.size(), Hash.leaf(new byte[] {1}), kept.at()).text(), key).toString();
        assertThat(found(List.of(forked))).containsExactly("history-contradicts-kept-head");
        String others = Note.signed(kept.text(), SigningKey.fresh(kept.origin())).toString();
        assertThat(found(List.of(others))).containsExactly("kept-head-not-signed");
    }

    @Test
    void doesNotBelieveKeysOfTheLogWhenTheWitnessNamesAnother() {
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> proof.verify(List.of(witnessed), List.of(SigningKey.fresh("heshi-test").verifier().toString()), wrong::add, _ -> { }));
        assertThat(wrong).extracting(Chains.Wrong::what).containsExactly("kept-head-not-signed");
    }

    private void done(Deed deed) throws SQLException {
        // a follower that asks meanwhile would read what was put in, remember it, and go on with it when the log is as it was
        followers.stop();
        try (Connection owner = server.connectAsOwner(); Statement s = owner.createStatement()) {
            owner.setAutoCommit(false);
            for (String table : TABLES) {
                s.execute("alter table " + table + " disable trigger user");
            }
            deed.against(this, s);
            for (String table : TABLES) {
                s.execute("alter table " + table + " enable trigger user");
            }
            owner.commit();
        }
    }

    // ---- what a clever one does

    /** Other words in place of the description, sealed as the program does it: whoever owns the machine has the key store, too. */
    private void said(Statement s, UUID matter, byte[] salt, String words) throws SQLException {
        UUID key;
        try (ResultSet r = s.executeQuery("select words_key from matters.matter where id = '" + matter + "'")) {
            r.next();
            key = r.getObject(1, UUID.class);
        }
        s.execute("update matters.particular set sealed = '\\x" + HexFormat.of().formatHex(seals.seal(key, matter, 1, "description", 0, salt, words))
                + "' where matter = '" + matter + "' and seq = 1 and field = 'description'");
    }

    /** Other words in the report of the second matter, with a commitment that fits, and every digest after it made anew. */
    private void rewritten(Statement s) throws SQLException {
        String matter = second.matter().toString();
        String old;
        try (ResultSet r = s.executeQuery("select sealed from matters.particular where matter = '" + matter + "' and seq = 1 and field = 'description'")) {
            r.next();
            Seals.Clear clear = seals.open(second.matter(), 1, "description", 0, r.getBytes(1)).orElseThrow();
            old = commitment(clear.salt(), clear.value());
        }
        byte[] salt = new byte[32];
        String changed = commitment(salt, "没有这回事");
        said(s, second.matter(), salt, "没有这回事");
        Map<Integer, String> contents = new HashMap<>();
        List<Integer> seqs = new ArrayList<>();
        Map<Integer, String> digests = new HashMap<>();
        try (ResultSet r = s.executeQuery("select e.seq, " + Packed.COLUMNS + ", encode(e.digest, 'hex') as digest from matters.entry_row e where e.matter = '" + matter + "' order by e.seq")) {
            while (r.next()) {
                seqs.add(r.getInt(1));
                contents.put(r.getInt(1), Packed.content(r));
                digests.put(r.getInt(1), r.getString("digest"));
            }
        }
        String before = "";
        String after = "";
        for (int seq : seqs) {
            String again = contents.get(seq).replace(old, changed);
            String content = seq == 1 ? again : again.replace(before, after);
            before = digests.get(seq);
            after = HexFormat.of().formatHex(sha256(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(Contents.change(s, "matter = '" + matter + "' and seq = " + seq, true, _ -> content)).isEqualTo(1);
        }
        s.execute("update matters.matter set head = decode('" + after + "', 'hex') where id = '" + matter + "'");
    }

    /** The tree as it would be over the log as it is now. */
    private void replanted(Statement s) throws SQLException {
        List<Hash> leaves = leaves(s);
        s.execute("delete from proof.tile");
        s.execute("delete from proof.bough");
        Tiles tiles = new Tiles(_ -> Optional.empty());
        try (PreparedStatement p = s.getConnection().prepareStatement("insert into proof.tile (level, index, hashes) values (?, ?, ?)")) {
            for (Map.Entry<Tiles.Place, byte[]> tile : tiles.append(0, leaves).entrySet()) {
                if (Tiles.ofLeavesAndWhole(tile.getKey(), tile.getValue())) {
                    try (PreparedStatement bough = s.getConnection().prepareStatement("insert into proof.bough (index, hashes) values (?, ?)")) {
                        bough.setLong(1, tile.getKey().index());
                        bough.setBytes(2, Tree.bough(tile.getValue()));
                        bough.executeUpdate();
                    }
                    continue;
                }
                p.setInt(1, tile.getKey().level());
                p.setLong(2, tile.getKey().index());
                p.setBytes(3, tile.getValue());
                p.executeUpdate();
            }
        }
        s.execute("update proof.tree set size = " + leaves.size());
    }

    /** Every head signed again over the tree as it is now. */
    private void resigned(Statement s) throws SQLException {
        List<Hash> leaves = leaves(s);
        Map<Instant, Long> sizes = new HashMap<>();
        try (ResultSet r = s.executeQuery("select at, size from proof.head")) {
            while (r.next()) {
                sizes.put(r.getObject(1, java.time.OffsetDateTime.class).toInstant(), r.getLong(2));
            }
        }
        for (Map.Entry<Instant, Long> head : sizes.entrySet()) {
            Merkle.Growing growing = new Merkle.Growing();
            leaves.subList(0, Math.toIntExact(head.getValue())).forEach(growing::add);
            TreeHead forged = new TreeHead("heshi-test", head.getValue(), growing.root(), head.getKey());
            try (PreparedStatement p = s.getConnection().prepareStatement("update proof.head set root = ?, note = ? where at = ?")) {
                p.setBytes(1, forged.root().bytes());
                p.setString(2, Note.signed(forged.text(), keys.signing()).toString());
                p.setObject(3, head.getKey().atOffset(java.time.ZoneOffset.UTC));
                p.executeUpdate();
            }
        }
    }

    private static List<Hash> leaves(Statement s) throws SQLException {
        List<Hash> leaves = new ArrayList<>();
        try (ResultSet r = s.executeQuery("select " + Packed.COLUMNS + " from matters.position p join matters.entry_row e on e.matter = p.matter and e.seq = p.seq order by p.position")) {
            while (r.next()) {
                leaves.add(TreeFollower.leaf(Packed.content(r)));
            }
        }
        return leaves;
    }

    private static String commitment(byte[] salt, String value) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(salt, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
