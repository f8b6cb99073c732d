package org.heshi.matters.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Chains;
import org.heshi.matters.Endings;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.heshi.secrets.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A backup from before an erasure was put back: rows are there as they were, the key is not. */
@HeshiTest
class WhenErasedMattersComeBackTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    ErasedBefore erasedBefore;
    @Autowired
    Endings endings;
    @Autowired
    Chains chains;
    @Autowired
    KeyRing keys;
    @Autowired
    MatterViews views;
    @Autowired
    Seals seals;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    @Test
    void areErasedAgainWithAnEntry() throws SQLException {
        Answer.Done matter = hall.report();
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 2);
        keys.destroy(matter.matter(), key(matter.matter()), Instant.now());

        assertThat(erasedBefore.again()).isPositive();

        Endings.Ending ending = Acting.as(new Actor.Machine("test"), () -> endings.of(matter.matter())).orElseThrow();
        assertThat(ending.erasedAt()).isPresent();
        assertThat(ending.rule()).isEqualTo(ErasedBefore.RULE);
        assertThat(sealed(matter.matter())).isZero();
        int left = erasedBefore.again();
        assertThat(left).as("once").isZero();
        assertThat(wrong(matter)).isEmpty();
    }

    @Test
    void loseTheirWordsWhereTheyWereStillOpen() throws SQLException {
        Answer.Done matter = hall.report();
        keys.destroy(matter.matter(), key(matter.matter()), Instant.now());

        erasedBefore.again();

        assertThat(Acting.as(hall.dispatcher, () -> views.get(matter.matter())).words()).isEmpty();
        assertThat(wrong(matter)).isEmpty();
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, matter.matter(), "note", Map.of("note", "居民资料已依法删除，重新联系。"), 2);
        assertThat(Acting.as(hall.dispatcher, () -> views.get(matter.matter())).words()).as("new words have a new key").containsKey("note");
        assertThat(wrong(matter)).isEmpty();
    }

    @Test
    void haveOnlyWhatStayedWhenAPartWasErased() throws SQLException {
        Answer.Done matter = hall.report();
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        UUID id = matter.matter();
        // what an erasure of the telephone after this backup kept beside the keys
        UUID fresh = seals.freshKey();
        List<KeptWords.Word> stayed = new ArrayList<>();
        try (Connection superuser = SuperuserConnection.open(context); Statement s = superuser.createStatement();
                ResultSet r = s.executeQuery("select matter, seq, field, ordinal, sealed from matters.particular where field <> 'phone' and matter = '" + id + "'")) {
            while (r.next()) {
                Seals.Clear clear = seals.open(id, r.getInt(2), r.getString(3), r.getInt(4), r.getBytes(5)).orElseThrow();
                stayed.add(new KeptWords.Word(r.getInt(2), r.getString(3), r.getInt(4), seals.seal(fresh, id, r.getInt(2), r.getString(3), r.getInt(4), clear.salt(), clear.value())));
            }
        }
        // what is kept of another matter, and comes before, is damaged
        keys.replace(hall.report().matter(), seals.freshKey(), new byte[] {9}, Set.of(), Instant.now());
        keys.replace(id, key(id), new KeptWords(4, new byte[32], Instant.now().plusSeconds(60), stayed).bytes(), Set.of(fresh), Instant.now());
        assertThat(wrong(matter)).as("nothing opens").isNotEmpty();

        assertThat(erasedBefore.partsAgain()).isPositive();
        erasedBefore.again();

        MatterViews.MatterView view = Acting.as(hall.dispatcher, () -> views.get(id));
        assertThat(view.word("description")).contains("村口的路灯坏了三天");
        assertThat(one("select sealed is null and erased_at is not null from matters.particular where field = 'phone' and matter = '" + id + "'")).isEqualTo("t");
        assertThat(Acting.as(hall.dispatcher, () -> views.history(id)).getLast().action()).isEqualTo("erase-part");
        assertThat(Acting.as(new Actor.Machine("test"), () -> endings.of(id))).as("it is not erased whole").isEmpty();
        assertThat(wrong(matter)).isEmpty();
        hall.done(hall.clerk, id, "note", Map.of("note", "联系不上"), 3);
        int version = Integer.parseInt(one("select version from matters.matter where id = '" + id + "'"));
        erasedBefore.partsAgain();
        assertThat(one("select version from matters.matter where id = '" + id + "'")).as("once").isEqualTo(Integer.toString(version));
        assertThat(Acting.as(hall.dispatcher, () -> views.get(id)).words()).containsKey("note");
        assertThat(wrong(matter)).isEmpty();
    }

    private List<Chains.Wrong> wrong(Answer.Done matter) {
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("test"), () -> chains.verify(Optional.of(matter.number()), wrong::add, _ -> { }));
        return wrong;
    }

    private UUID key(UUID matter) throws SQLException {
        return UUID.fromString(one("select words_key from matters.matter where id = '" + matter + "'"));
    }

    private int sealed(UUID matter) throws SQLException {
        return Integer.parseInt(one("select count(sealed) from matters.particular where matter = '" + matter + "'"));
    }

    private String one(String question) throws SQLException {
        try (Connection superuser = SuperuserConnection.open(context); Statement s = superuser.createStatement(); ResultSet r = s.executeQuery(question)) {
            r.next();
            return r.getString(1);
        }
    }
}
