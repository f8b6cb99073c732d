package org.heshi.matters.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Chains;
import org.heshi.matters.Endings;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Hall;
import org.heshi.matters.view.MatterViews;
import org.heshi.secrets.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenWordsAreUnderSealTests {

    private static final Map<String, Object> SAID = Map.of("title", "滴水檐越界争执七七四", "description", "隔壁砌墙压住我家滴水檐九九三", "name", "贾印章", "phone", "13912345674");

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    Chains chains;
    @Autowired
    KeyRing keys;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    @Test
    void comesBackWithItsSaltWhateverWasWrittenAndWhereverTheSaltCameFrom() {
        Seals seals = context.getBean(Seals.class);
        UUID key = seals.freshKey();
        UUID matter = UUID.randomUUID();
        SecureRandom random = new SecureRandom();
        byte[] foreign = new byte[Seals.SALT];
        random.nextBytes(foreign);
        for (String value : List.of("", "1", "plain words", "隔壁砌墙压住我家滴水檐", "二组 No.7 井盖", "😀井盖😀", "𠮷家", "a".repeat(5_000), "井".repeat(5_000))) {
            for (byte[] salt : List.of(Seals.salt(random), foreign)) {
                byte[] sealed = seals.seal(key, matter, 3, "description", 1, salt, value);
                assertThat(Seals.keyOf(sealed)).isEqualTo(key);
                Seals.Clear clear = seals.open(matter, 3, "description", 1, sealed).orElseThrow();
                assertThat(clear.value()).isEqualTo(value);
                assertThat(clear.salt()).isEqualTo(salt).hasSize(32);
                // how it is written is under the seal, too
                for (byte how : new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, -1}) {
                    if (how != sealed[0]) {
                        byte[] other = sealed.clone();
                        other[0] = how;
                        assertThat(seals.opens(matter, 3, "description", 1, other)).as("%s written as %d", value, how).isFalse();
                    }
                }
            }
        }
        assertThat(Seals.salt(random)).isNotEqualTo(Seals.salt(random));
    }

    @Test
    void isOpenedAsItWasMadeBefore() {
        Seals seals = context.getBean(Seals.class);
        UUID key = seals.freshKey();
        UUID matter = UUID.randomUUID();
        byte[] whole = Seals.salt(new SecureRandom());
        for (byte how : new byte[] {1, 5}) {
            byte[] salt = how == 1 ? whole : Arrays.copyOf(whole, 16);
            byte[] words = "隔壁砌墙".getBytes(StandardCharsets.UTF_8);
            byte[] clear = ByteBuffer.allocate(salt.length + words.length).put(salt).put(words).array();
            ByteBuffer bound = ByteBuffer.allocate(24 + 5 + (how == 1 ? 0 : 1)).putLong(matter.getMostSignificantBits()).putLong(matter.getLeastSignificantBits())
                    .putInt(3).putInt(0).put("title".getBytes(StandardCharsets.UTF_8));
            byte[] place = how == 1 ? bound.array() : bound.put(how).array();
            byte[] closed = keys.find(key).orElseThrow().seal(clear, place);
            byte[] sealed = ByteBuffer.allocate(17 + closed.length).put(how).putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits()).put(closed).array();
            Seals.Clear opened = seals.open(matter, 3, "title", 0, sealed).orElseThrow();
            assertThat(opened.value()).isEqualTo("隔壁砌墙");
            assertThat(opened.salt()).isEqualTo(whole);
            assertThat(seals.seal(key, matter, 3, "title", 0, whole, "隔壁砌墙")).hasSize(17 + 16 + 16 + 8);
        }
    }

    @Test
    void standsInNoTableAndIsReadByWhoMay() throws SQLException {
        Answer.Done m = hall.report(SAID);

        assertThat(inTables(SAID.values().stream().map(Object::toString).toList())).isEmpty();
        MatterViews.MatterView view = Acting.as(hall.dispatcher, () -> views.get(m.matter()));
        assertThat(view.words()).containsEntry("title", SAID.get("title").toString()).containsEntry("description", SAID.get("description").toString());
    }

    @Test
    void opensNothingAnyMoreWhenItsKeyIsDestroyedAndTheChainStillVerifies() throws SQLException {
        Answer.Done m = hall.report(SAID);
        Answer.Done other = hall.report(SAID);
        keys.destroy(m.matter(), key(m.matter()), Instant.now());

        MatterViews.MatterView view = Acting.as(hall.dispatcher, () -> views.get(m.matter()));
        assertThat(view.words()).isEmpty();
        assertThat(Acting.as(hall.dispatcher, () -> views.history(m.matter()))).isNotEmpty();
        assertThat(Acting.as(hall.dispatcher, () -> views.rows(List.of(m.matter()))).getFirst().title()).isEmpty();
        assertThat(Acting.as(hall.dispatcher, () -> views.get(other.matter())).words()).as("another matter has a key of its own").isNotEmpty();
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("test"), () -> chains.verify(Optional.of(m.number()), wrong::add, _ -> { }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void isCorrectedUnderAFreshKeyWhenItsOwnWasDestroyed() throws SQLException {
        Answer.Done m = hall.report(SAID);
        keys.destroy(List.of(key(m.matter())), Instant.now());
        assertThat(Acting.as(new Actor.Machine("test"), () -> context.getBean(Endings.class).correct(m.matter(), 1, "应为五天", "test"))).isInstanceOf(Endings.Answer.Done.class);
        assertThat(Acting.as(hall.dispatcher, () -> views.get(m.matter())).word("correction")).isEqualTo("应为五天");
    }

    @Test
    void leavesOneDamagedRowToVerifyAndShowsTheRest() throws SQLException {
        Answer.Done m = hall.report(SAID);
        try (Connection superuser = SuperuserConnection.open(context); Statement s = superuser.createStatement()) {
            s.execute("set session_replication_role = replica");
            s.execute("update matters.particular set sealed = set_byte(sealed, octet_length(sealed) - 1, (get_byte(sealed, octet_length(sealed) - 1) + 1) % 256) where field = 'title' and matter = '" + m.matter() + "'");
        }
        MatterViews.MatterView view = Acting.as(hall.dispatcher, () -> views.get(m.matter()));
        assertThat(view.words()).containsEntry("title", Seals.UNREADABLE).containsEntry("description", SAID.get("description").toString());
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("test"), () -> chains.verify(Optional.of(m.number()), wrong::add, _ -> { }));
        assertThat(wrong).extracting(Chains.Wrong::what).containsExactly("particular-changed");
    }

    @Test
    void tellsOfWordsThatSomebodyHidWithoutErasingThem() throws SQLException {
        Answer.Done m = hall.report(SAID);
        UUID gone = keys.fresh();
        keys.destroy(List.of(gone), Instant.now());
        try (Connection superuser = SuperuserConnection.open(context); Statement s = superuser.createStatement()) {
            s.execute("set session_replication_role = replica");
            s.execute("update matters.particular set sealed = null, erased_at = now() where field = 'title' and matter = '" + m.matter() + "'");
            s.execute("update matters.particular set sealed = overlay(sealed placing uuid_send('" + gone + "') from 2 for 16) where field = 'description' and matter = '"
                    + m.matter() + "'");
        }
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("test"), () -> chains.verify(Optional.of(m.number()), wrong::add, _ -> { }));
        assertThat(wrong).extracting(found -> found.what() + " " + found.detail()).containsExactlyInAnyOrder("particular-hidden title", "particular-hidden description");
    }

    private UUID key(UUID matter) throws SQLException {
        try (Connection superuser = SuperuserConnection.open(context); Statement s = superuser.createStatement();
                ResultSet r = s.executeQuery("select words_key from matters.matter where id = '" + matter + "'")) {
            r.next();
            return r.getObject(1, UUID.class);
        }
    }

    /** Tables of this program in whose rows, written out whole, one of these stands. */
    private Map<String, String> inTables(Iterable<String> words) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        try (Connection superuser = SuperuserConnection.open(context); Statement s = superuser.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet r = s.executeQuery("""
                    select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind in ('r', 'm', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')""")) {
                while (r.next()) {
                    tables.add(r.getString(1));
                }
            }
            assertThat(tables).contains("matters.particular", "matters.entry_row", "notices.mail");
            for (String table : tables) {
                for (String word : words) {
                    String hex = java.util.HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
                    try (ResultSet r = s.executeQuery("select t::text from " + table + " t where strpos(t::text, '" + word + "') > 0 or strpos(t::text, '" + hex + "') > 0 limit 1")) {
                        if (r.next()) {
                            found.put(table, r.getString(1));
                        }
                    }
                }
            }
        }
        return found;
    }
}
