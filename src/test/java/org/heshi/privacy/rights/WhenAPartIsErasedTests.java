package org.heshi.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Traces;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Chains;
import org.heshi.matters.Endings;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Hall;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MatterSeal;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.Parts;
import org.heshi.matters.seal.Seals;
import org.heshi.matters.view.MatterViews;
import org.heshi.secrets.KeyRing;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** PIPL 47, second paragraph: what was granted goes, what a law wants kept stays, and the person who asked reads which and why. */
@HeshiTest
class WhenAPartIsErasedTests {

    private static final Actor.Machine TEST = new Actor.Machine("test");

    @Autowired
    ApplicationContext context;
    @Autowired
    Requests requests;
    @Autowired
    Endings endings;
    @Autowired
    Parts parts;
    @Autowired
    MatterRows rows;
    @Autowired
    MatterViews views;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    Chains chains;
    @Autowired
    Seals seals;
    @LocalServerPort
    int port;

    private Hall hall;
    private String mark;

    @BeforeEach
    void makes() {
        hall = new Hall(context);
        // requests go to the centre of the county that this program serves
        new People(context).in(UnitType.CENTRE, "330681", Role.DISPATCHER, Role.WINDOW_CLERK);
        mark = "zp" + Long.toString(InstantSource.system().millis(), 36) + Long.toString(System.nanoTime() % 1_000_000, 36);
    }

    private Evidence photo() {
        byte[] bytes = SamplePictures.png(40, 30);
        return Acting.as(new Actor.Passerby(), () -> {
            try {
                return ((EvidenceStore.Kept.Done) evidence.keep("照片.png", bytes.length, new ByteArrayInputStream(bytes))).evidence();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void close(Answer.Done matter, int version) {
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), version);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), version + 1);
    }

    private Visitor resident(Answer.Done matter) {
        Visitor visitor = new Visitor(port);
        visitor.get("/follow");
        assertThat(visitor.post("/follow", Map.of("number", matter.number().digits(), "code", matter.code().orElseThrow())).status()).isEqualTo(303);
        return visitor;
    }

    private Requests.Line only(Answer.Done matter) {
        List<Requests.Line> lines = requests.of(matter.matter(), 1);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    /** Somebody at the desk that has answered the request with that outcome. */
    private People.Somebody grantedBy(Answer.Done matter, Visitor resident) {
        String address = "/follow/" + matter.number().digits() + "/rights";
        resident.get(address);
        assertThat(resident.post(address, Map.of("what", "delete", "words", "请删除我的电话和照片", "key", Hall.key())).status()).isEqualTo(303);
        UUID id = Acting.as(TEST, () -> rows.find(only(matter).number())).orElseThrow();
        UUID desk = Acting.as(TEST, () -> views.get(id)).desk().orElseThrow().id();
        People.Somebody holder = new People(context).in(desk, Role.DISPATCHER);
        Actor.Staff staff = new Actor.Staff(context.getBean(Directory.class).findHeldPost(holder.person(), holder.post(), InstantSource.system().instant()).orElseThrow());
        hall.done(staff, id, "grant", Map.of("outcome", "partly", "reply", "同意删除电话和照片"), 1);
        Eventually.that("the answer is read", () -> only(matter).outcome().isPresent());
        return holder;
    }

    private static String body(Visitor visitor, List<String> gone, Map<String, String> fields) {
        return Stream.concat(gone.stream().map(one -> Map.entry("gone", one)), Stream.concat(fields.entrySet().stream(), Stream.of(Map.entry("_csrf", visitor.token()))))
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    private static Visitor.Answer erase(Visitor visitor, MatterNumber request, List<String> gone, Map<String, String> fields) {
        return visitor.postBody("/privacy/requests/" + request.digits() + "/part", body(visitor, gone, fields), "application/x-www-form-urlencoded");
    }

    private static Map<String, String> why(String words) {
        return Map.of("why", "term", "words", words, "sure", "true");
    }

    private List<String> wrongs(MatterNumber number) {
        List<String> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> chains.verify(Optional.of(number), w -> wrong.add(w.what() + " " + w.detail()), _ -> { }));
        return wrong;
    }

    private record Sealed(int seq, String field, int ordinal, byte[] bytes) {
    }

    /** Rows as a backup of now holds them. */
    private List<Sealed> backup(UUID matter) throws SQLException {
        List<Sealed> found = new ArrayList<>();
        try (Connection all = SuperuserConnection.open(context);
                PreparedStatement s = all.prepareStatement("select seq, field, ordinal, sealed from matters.particular where matter = ? and sealed is not null")) {
            s.setObject(1, matter);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    found.add(new Sealed(r.getInt(1), r.getString(2), r.getInt(3), r.getBytes(4)));
                }
            }
        }
        return found;
    }

    private String one(String question) {
        try (Connection all = SuperuserConnection.open(context); PreparedStatement s = all.prepareStatement(question); ResultSet r = s.executeQuery()) {
            r.next();
            return r.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void asSuperuser(String sql, UUID matter) throws SQLException {
        try (Connection all = SuperuserConnection.open(context); PreparedStatement s = all.prepareStatement(sql)) {
            s.setObject(1, matter);
            s.executeUpdate();
        }
    }

    @Test
    void takesWhatWasChosenOutOfEverythingAndLeavesTheRestWithItsReason() throws SQLException {
        Evidence photo = photo();
        Answer.Done matter = hall.report(Map.of("description", mark + "村口的路灯坏了三天", "email", mark + "@example.org", "place-words", "q" + mark + "巷", "files", List.of(photo)));
        close(matter, 1);
        Visitor resident = resident(matter);
        People.Somebody desk = grantedBy(matter, resident);
        Requests.Line request = only(matter);
        requests.carryOut();
        assertThat(only(matter).carried()).as("it waits for people").isFalse();
        Path picture = Path.of(context.getEnvironment().getRequiredProperty("heshi.data"), "files", photo.id().toString().substring(34), photo.id().toString());
        Traces traces = new Traces(context);
        Eventually.that("its photo is named", () -> traces.inTables(List.of(photo.id().toString())).contains("attachments.naming holds " + photo.id()));
        assertThat(picture).exists();
        List<Sealed> backup = backup(matter.matter());

        Visitor clerk = new Visitor(port).signedInAs(desk);
        assertThat(clerk.get("/privacy/requests").body()).contains("/privacy/requests/" + request.number().digits() + "/part");
        assertThat(clerk.get("/privacy/requests/" + request.number().digits() + "/part").body()).contains("1/phone/0", "1/files/0", "1/description/0", "本人提供")
                .doesNotContain(mark, "13800000000");
        List<String> chosen = List.of("1/phone/0", "1/email/0", "1/place-words/0", "1/files/0");
        assertThat(erase(clerk, request.number(), List.of(), why("档案保管")).status()).isEqualTo(422);
        Visitor.Answer unsure = erase(clerk, request.number(), chosen, Map.of("why", "term", "words", "档案保管到期"));
        assertThat(unsure.status()).isEqualTo(422);
        assertThat(unsure.body()).contains("档案保管到期").containsPattern("value=\"1/phone/0\"\\s+checked");
        assertThat(erase(clerk, request.number(), chosen, why("办理记录按档案规定保存" + mark)).status()).isEqualTo(303);

        // gone, and nothing else
        MatterViews.MatterView view = Acting.as(TEST, () -> views.get(matter.matter()));
        assertThat(view.word("description")).contains(mark);
        assertThat(view.word("place-words")).isEmpty();
        assertThat(view.files()).isEmpty();
        assertThat(backup(matter.matter())).extracting(Sealed::field).contains("description", "name", "answer", "stays").doesNotContain("phone", "email", "place-words", "files");
        Eventually.that("every room has forgotten it", () -> {
            parts.goOn(100);
            return one("select done_at is not null from matters.part where matter = '" + matter.matter() + "'").equals("t");
        });
        Acting.run(TEST, endings::sweep);
        assertThat(picture).doesNotExist();
        assertThat(traces.inTables(List.of(photo.id().toString()))).noneMatch(found -> found.startsWith("attachments"));
        assertThat(traces.inFiles(List.of("q" + mark, mark + "@example.org"))).isEmpty();
        assertThat(wrongs(matter.number())).isEmpty();

        // a backup of before holds all of it under a key that is nowhere any more
        assertThat(backup).isNotEmpty().allSatisfy(row -> assertThat(seals.open(matter.matter(), row.seq(), row.field(), row.ordinal(), row.bytes())).isEmpty());

        // who asked reads what went and why the rest stays; the request is carried out
        assertThat(resident.get("/follow/" + matter.number().digits() + "/rights").body()).contains("删除部分个人信息", "第 1 步", "电话", "保存期限未满", "办理记录按档案规定保存" + mark)
                .doesNotContain("由工作人员按答复处理");
        assertThat(resident.get("/follow/" + matter.number().digits() + "/rights/copy").body()).contains(mark + "村口的路灯坏了三天").doesNotContain("13800000000");
        assertThat(only(matter).carried()).isTrue();
        assertThat(Acting.as(TEST, () -> requests.waiting(List.of(matter.matter())))).isEmpty();
        assertThat(Acting.as(TEST, () -> endings.of(matter.matter()))).as("the matter itself goes on").isEmpty();
        assertThat(erase(clerk, request.number(), chosen, why("再来一次")).body()).contains("选中的内容已经不在");

        // the whole of it may still be erased
        assertThat(Acting.as(TEST, () -> endings.erase(matter.matter(), Endings.Ground.RETENTION, "T"))).isInstanceOf(Endings.Answer.Done.class);
        assertThat(backup(matter.matter())).isEmpty();
        assertThat(wrongs(matter.number())).isEmpty();
    }

    @Test
    void leavesItToTheProofToNameWhatIsMissingBesides() throws SQLException {
        Answer.Done matter = hall.report(Map.of("place-words", "巷口"));
        close(matter, 1);
        assertThat(Acting.as(TEST, () -> parts.erase(matter.matter(), 1, Set.of(new Parts.Place(1, "phone", 0)), "duty", "其余办理需要", "T"))).isInstanceOf(Endings.Answer.Done.class);
        assertThat(wrongs(matter.number())).isEmpty();
        assertThat(Acting.as(TEST, () -> parts.erase(matter.matter(), 1, Set.of(new Parts.Place(1, "name", 0)), "duty", "其余办理需要", "T2"))).isInstanceOf(Endings.Answer.Done.class);
        assertThat(Acting.as(TEST, () -> views.get(matter.matter())).word("description")).contains("三天");
        assertThat(wrongs(matter.number())).isEmpty();
        // killed before any room had forgotten it, or noted that it had
        asSuperuser("update matters.part set rooms = '{}', done_at = null where matter = ?", matter.matter());
        Eventually.that("every room has forgotten it", () -> {
            parts.goOn(100);
            return one("select count(*) from matters.part where done_at is null and matter = '" + matter.matter() + "'").equals("0");
        });
        assertThat(Acting.as(TEST, () -> views.get(matter.matter())).word("description")).contains("三天");
        assertThat(wrongs(matter.number())).isEmpty();
        asSuperuser("update matters.particular set sealed = null, erased_at = now() where matter = ? and field = 'place-words'", matter.matter());
        assertThat(wrongs(matter.number())).containsExactly("particular-hidden place-words");
    }

    @Test
    void keepsALetterThatWaitsUnlessItsAddressWent() throws SQLException {
        MatterSeal seal = context.getBean(MatterSeal.class);
        Answer.Done matter = hall.report(Map.of("email", "lamp@example.org"));
        close(matter, 1);
        String where = "notices.mail/" + matter.number().digits();
        String sealed = seal.seal(matter.matter(), where, "lamp@example.org").orElseThrow();
        asSuperuser("insert into notices.mail (id, matter, seq, recipient, number, address, due_at) values (gen_random_uuid(), ?, 900, 'reporter', '" + matter.number().digits() + "', '"
                + sealed + "', now() + interval '1 day')", matter.matter());
        String waiting = "select coalesce(address, 'none') from notices.mail where seq = 900 and matter = '" + matter.matter() + "'";
        Acting.as(TEST, () -> parts.erase(matter.matter(), 1, Set.of(new Parts.Place(1, "phone", 0)), "duty", "其余办理需要", "T"));
        Eventually.that("the key goes when every other room has forgotten it", () -> {
            parts.goOn(100);
            return seal.open(where, sealed).isEmpty();
        });
        assertThat(seal.open(where, one(waiting))).contains("lamp@example.org");
        Acting.as(TEST, () -> parts.erase(matter.matter(), 1, Set.of(new Parts.Place(1, "email", 0)), "duty", "其余办理需要", "T2"));
        assertThat(one(waiting)).isEqualTo("none");
    }

    private String refused(UUID matter, Set<Parts.Place> gone) {
        return Acting.as(TEST, () -> parts.erase(matter, 1, gone, "duty", "其余办理需要", "T")) instanceof Endings.Answer.Refused refused ? refused.refusal().code() : "";
    }

    @Test
    void refusesWhatIsAnothersOrAllOfItOrStillWorkedOn() {
        Answer.Done matter = hall.report();
        assertThat(refused(matter.matter(), Set.of(new Parts.Place(1, "phone", 0)))).isEqualTo("ending-still-open");
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, matter.matter(), "party", Map.of("role", "other", "name", "李小红"), 2);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 3);
        assertThat(refused(matter.matter(), Set.of(new Parts.Place(3, "name", 0)))).isEqualTo("part-of-others");
        assertThat(refused(matter.matter(), Set.of(new Parts.Place(1, "phone", 0), new Parts.Place(9, "phone", 0)))).isEqualTo("part-not-there");

        Answer.Done alone = hall.report();
        close(alone, 1);
        Set<Parts.Place> all = parts.held(alone.matter()).stream().map(Parts.Held::place).collect(Collectors.toSet());
        assertThat(refused(alone.matter(), all)).isEqualTo("part-is-all");
        assertThat(wrongs(alone.number())).isEmpty();
    }

    @Test
    void takesNothingAndKeepsWhatIsBesideTheKeysWhileAWordThatStaysDoesNotOpen() throws SQLException {
        Answer.Done matter = hall.report(Map.of("place-words", "巷口"));
        close(matter, 1);
        UUID id = matter.matter();
        assertThat(Acting.as(TEST, () -> parts.erase(id, 1, Set.of(new Parts.Place(1, "phone", 0)), "duty", "其余办理需要", "T"))).isInstanceOf(Endings.Answer.Done.class);
        Eventually.that("every room has forgotten it", () -> {
            parts.goOn(100);
            return one("select done_at is not null from matters.part where matter = '" + id + "'").equals("t");
        });
        KeyRing keys = context.getBean(KeyRing.class);
        List<KeyRing.Kept> kept = keys.keptAfter(0, 10_000).stream().filter(each -> each.matter().equals(id)).toList();
        assertThat(kept).hasSize(1);
        UUID key = UUID.fromString(one("select words_key from matters.matter where id = '" + id + "'"));
        keys.destroy(List.of(key), InstantSource.system().instant());

        assertThat(refused(id, Set.of(new Parts.Place(1, "name", 0)))).isEqualTo("part-not-open");
        asSuperuser("update matters.part set rooms = '{}', done_at = null where matter = ?", id);
        parts.goOn(100);
        assertThat(one("select done_at is null and not 'secrets' = any (rooms) from matters.part where matter = '" + id + "'")).isEqualTo("t");
        assertThat(keys.keptAfter(0, 10_000).stream().filter(each -> each.matter().equals(id)).toList()).usingRecursiveComparison().isEqualTo(kept);
        asSuperuser("update matters.part set done_at = now() where matter = ?", id);
    }

    @Test
    void isThereForTheDeskThatAnsweredAndForNobodyElse() throws SQLException {
        Answer.Done matter = hall.report();
        close(matter, 1);
        People.Somebody desk = grantedBy(matter, resident(matter));
        String page = "/privacy/requests/" + only(matter).number().digits() + "/part";
        Map<String, Visitor> others = new HashMap<>();
        others.put("a stranger", new Visitor(port));
        others.put("the resident", resident(matter));
        others.put("a neighbour", new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330683", Role.DISPATCHER)));
        others.put("an auditor of the desk", new Visitor(port).signedInAs(new People(context).in(desk.unit(), Role.AUDITOR)));
        Visitor duty = new Visitor(port).signedInAs(desk);
        assertThat(duty.get(page).body()).contains("1/phone/0").doesNotContain("这件事还没有办结");
        others.forEach((who, visitor) -> {
            assertThat(visitor.get(page).status()).as(who).isNotEqualTo(200);
            assertThat(erase(visitor, only(matter).number(), List.of("1/phone/0"), why("不该删")).status()).as(who).isNotEqualTo(303);
        });
        asSuperuser("insert into matters.holding (matter, unit, relation, division_code) select id, '" + desk.unit() + "', 'barred', scope_code from matters.matter where id = ?",
                matter.matter());
        assertThat(duty.get(page).status()).as("a matter about their own office").isEqualTo(404);
        asSuperuser("delete from matters.holding where matter = ? and relation = 'barred'", matter.matter());
        new People(context).endPost(desk.person(), desk.post());
        assertThat(duty.get(page).status()).as("an ended post").isNotEqualTo(200);
        assertThat(backup(matter.matter())).as("nothing went").extracting(Sealed::field).contains("phone");
    }
}
