package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Chains;
import org.heshi.matters.Endings;
import org.heshi.matters.Endings.Ground;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.seal.Seals;
import org.heshi.matters.view.MatterViews;
import org.heshi.mediation.course.Case;
import org.heshi.search.index.Shelf;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Decision 1: what people told can be erased wherever it stands, and the record of what was done still proves itself. */
@HeshiTest
@ExtendWith(OutputCaptureExtension.class)
class WhenAMatterIsErasedTests {

    private static final Actor.Machine JOB = new Actor.Machine("retention");

    @Autowired
    ApplicationContext context;
    @Autowired
    Endings endings;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    Papers papers;
    @Autowired
    Chains chains;
    @Autowired
    Seals seals;
    @Autowired
    PlantedForgetting planted;
    @Autowired
    Shelf index;
    @LocalServerPort
    int port;

    private Hall hall;
    private String mark;
    /** A pair of characters that nobody else writes: the index holds words as pairs. */
    private String rare;

    @BeforeEach
    void makes() {
        hall = new Hall(context);
        rare = Character.toString(0x3400 + (int) (System.nanoTime() % 6000)) + Character.toString(0x3400 + (int) (System.nanoTime() / 7 % 6000));
        mark = "zq" + Long.toString(InstantSource.system().millis(), 36) + Long.toString(System.nanoTime() % 1_000_000, 36);
    }

    private Evidence photo() {
        byte[] bytes = SamplePictures.png(40, 30);
        return Acting.as(new Actor.Passerby(), () -> {
            try {
                return ((EvidenceStore.Kept.Done) evidence.keep(mark + "照片.png", bytes.length, new ByteArrayInputStream(bytes))).evidence();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Answer.Done told(Evidence... photos) {
        return hall.report(Map.of("title", mark + "路灯", "description", "我是" + mark + "的" + rare + "说的话", "name", "王" + mark, "email", mark + "@example.org",
                "place-words", mark + "巷", "files", List.of(photos)));
    }

    private void close(UUID matter, int version) {
        hall.done(hall.clerk, matter, "confirm", Map.of(), version);
        hall.done(hall.clerk, matter, "answer-at-once", Map.of("answer", mark + "已经答复", "outcome", "explained"), version + 1);
    }

    private Answer.Done closed() {
        Answer.Done matter = told(photo());
        close(matter.matter(), 1);
        return matter;
    }

    private Endings.Answer erase(UUID matter) {
        return Acting.as(JOB, () -> endings.erase(matter, Ground.RETENTION, "T3"));
    }

    private boolean whole(UUID matter) {
        return Acting.as(JOB, () -> {
            endings.goOn(100);
            return endings.of(matter).orElseThrow().whole();
        });
    }

    private List<Chains.Wrong> wrongs(MatterNumber number) {
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> chains.verify(Optional.of(number), wrong::add, _ -> { }));
        return wrong;
    }

    @Test
    void leavesNothingOfWhatWasToldInAnyTableFileIndexOrLog(CapturedOutput log) {
        Evidence photo = photo();
        Answer.Done matter = told(photo);
        close(matter.matter(), 1);
        Traces traces = new Traces(context);
        Eventually.that("the matter is in the index and its photo is named", () -> traces.inTables(List.of(photo.id().toString())).contains("attachments.naming holds " + photo.id())
                && inIndex());
        assertThat(traces.inTables(List.of(matter.number().digits()))).as("what can be found before").contains("matters.matter holds " + matter.number().digits());
        assertThat(sealed(matter.matter())).as("words under seal").isPositive();
        Path picture = Path.of(context.getEnvironment().getRequiredProperty("heshi.data"), "files", photo.id().toString().substring(34), photo.id().toString());
        assertThat(picture).exists();
        List<Sealed> backup = backup(matter.matter());
        assertThat(backup).isNotEmpty().allSatisfy(row -> assertThat(row.open(seals)).isPresent());

        assertThat(erase(matter.matter())).isInstanceOf(Endings.Answer.Done.class);
        Eventually.that("every room has forgotten it", () -> whole(matter.matter()));
        Acting.run(JOB, endings::sweep);

        List<String> words = List.of(mark, rare, "王" + mark);
        assertThat(traces.inTables(words)).isEmpty();
        assertThat(traces.inFiles(words)).isEmpty();
        assertThat(sealed(matter.matter())).isZero();
        assertThat(inIndex()).isFalse();
        assertThat(traces.inTables(List.of(photo.id().toString()))).as("what knows the photo").noneMatch(found -> found.startsWith("attachments"));
        assertThat(picture).doesNotExist();
        assertThat(picture.resolveSibling(picture.getFileName() + ".thumb")).doesNotExist();
        assertThat(picture.resolveSibling(picture.getFileName() + ".original")).doesNotExist();
        assertThat(log.getAll()).doesNotContain(mark);
        assertThat(wrongs(matter.number())).isEmpty();
        assertThat(backup).as("what a backup holds of it, with every key that there still is").allSatisfy(row -> assertThat(row.open(seals)).isEmpty());
    }

    @Test
    void leavesNothingOfADisputeThatWasMediated() throws Exception {
        String two = "钱" + mark;
        String phone = "137" + Long.toString(10_000_000 + System.nanoTime() % 89_999_999);
        String passport = "ZP" + Long.toString(10_000_000 + System.nanoTime() / 3 % 89_999_999);
        Case dispute = new Case(context, hall, Map.of("title", mark + "院墙", "description", "隔壁" + mark + "砌墙", "name", "王" + mark), Map.of("role", "respondent", "name", two, "phone", phone));
        UUID id = dispute.id();
        dispute.done(dispute.mediator, "particulars", Map.of("whose", List.of("2"), "kind-of", "person", "identity", passport, "address", mark + "巷"));
        dispute.mediating();
        Traces traces = new Traces(context);
        dispute.done(dispute.party(1), "offer", Map.of("offer", mark + "最少要这个数", "amount", "73519.46"));
        assertThat(dispute.read(dispute.mediator).getLast().word("amount")).as("whom it was shown to").isEqualTo("73519.46");
        assertThat(dispute.read(dispute.party(2))).as("and nobody else").noneMatch(entry -> entry.word("amount").equals("73519.46"));
        assertThat(traces.inTables(List.of("73519.46", two, phone, passport))).as("while it is alive it lies under seal").isEmpty();
        dispute.done(dispute.mediator, "invite", Map.of("at", Case.inDays(2) + "T09:00", "where", mark + "室", "open", "closed"));
        dispute.done(dispute.mediator, "draft", Case.draft(Case.clause(2, 1, mark + "赔偿", "600", Case.inDays(10))));
        dispute.signed(1).signed(2);
        dispute.done(dispute.mediator, "sign-mediator", Map.of("text", dispute.fingerprint()));
        dispute.done(dispute.mediator, "put-in-force", Map.of("checked", "true"));
        dispute.done(dispute.party(1), "performed", Map.of("which", "1", "amount", "600", "on", Case.inDays(0).toString()));
        List<Paper> sealed = Acting.as(dispute.mediator, () -> papers.of(id));
        assertThat(sealed).isNotEmpty();
        dispute.closed("agreed");
        asSuperuser("insert into mediation.story (matter, id, unit, type, title, words, written_at, written_by) select ?, gen_random_uuid(), '" + dispute.committee.id()
                + "', 'neighbours', '" + mark + "', '" + mark + "', now(), '" + dispute.mediator.person() + "'", id);
        asSuperuser("insert into mediation.finding (id, scope, about, words, at, person, post) select gen_random_uuid(), '33', what || ':' || encode(mark, 'hex'), '" + mark
                + "', now(), gen_random_uuid(), gen_random_uuid() from mediation.print where matter = ? limit 1", id);
        asSuperuser("insert into mediation.finding (id, scope, about, words, at, person, post) select gen_random_uuid(), '33', 'quick:' || m, '" + mark
                + "', now(), gen_random_uuid(), gen_random_uuid() from (select ?::uuid as m) of", id);
        asSuperuser("insert into mediation.signing (matter, seq, party, draft, at, mark, scope) values (?, 999, 1, 1, now(), decode(repeat('ab', 32), 'hex'), '33')", id);
        assertThat(withRowsOf(id)).contains("documents.paper", "mediation.draft", "mediation.instalment", "mediation.participant", "mediation.print", "mediation.signature", "mediation.story");

        assertThat(erase(id)).isInstanceOf(Endings.Answer.Done.class);
        Eventually.that("every room has forgotten it", () -> whole(id));

        List<String> words = List.of(mark, two, phone, passport, "73519.46");
        assertThat(traces.inTables(words)).isEmpty();
        assertThat(traces.inFiles(words)).isEmpty();
        assertThat(sealed).allSatisfy(paper -> {
            assertThat(Acting.as(dispute.mediator, () -> papers.bytes(paper.id(), 1))).isEmpty();
            assertThat(filesOf(paper.id())).isNotEmpty().allSatisfy(file -> assertThat(file).doesNotExist());
        });
        assertThat(withRowsOf(id)).as("numbers, digests and what statistics count: no resident stands in them")
                .containsExactlyInAnyOrder("documents.number", "documents.paper", "mediation.dispute", "mediation.figure", "mediation.held", "mediation.mediator_of");
        assertThat(wrongs(dispute.matter.number())).isEmpty();
    }

    private void asSuperuser(String sql, UUID matter) throws SQLException {
        try (var all = SuperuserConnection.open(context); var s = all.prepareStatement(sql)) {
            s.setObject(1, matter);
            assertThat(s.executeUpdate()).isEqualTo(1);
        }
    }

    private List<String> strings(String sql, UUID id) {
        try (var all = SuperuserConnection.open(context); var s = all.prepareStatement(sql)) {
            s.setObject(1, id);
            try (var r = s.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (r.next()) {
                    found.add(r.getString(1));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tables of the rooms of mediation and papers that hold a row of the matter. */
    private List<String> withRowsOf(UUID matter) {
        List<String> tables = strings("""
                select c.relnamespace::regnamespace || '.' || c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'matter'
                where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('mediation', 'documents') and ?::uuid is not null
                """, matter);
        return tables.stream().filter(table -> !strings("select 1 from " + table + " where matter = ? limit 1", matter).isEmpty()).toList();
    }

    private List<Path> filesOf(UUID paper) {
        Path folder = Path.of(context.getEnvironment().getRequiredProperty("heshi.data"));
        return strings("select file from documents.version where paper = ?", paper).stream().map(file -> folder.resolve(Path.of("files", file.substring(34), file + ".kept"))).toList();
    }

    /** Rows as a backup from before the erasure holds them. */
    private record Sealed(UUID matter, int seq, String field, int ordinal, byte[] bytes) {

        Optional<Seals.Clear> open(Seals seals) {
            return seals.open(matter, seq, field, ordinal, bytes);
        }
    }

    private List<Sealed> backup(UUID matter) {
        List<Sealed> rows = new ArrayList<>();
        try (var all = SuperuserConnection.open(context); var s = all.prepareStatement("select seq, field, ordinal, sealed from matters.particular where matter = ?")) {
            s.setObject(1, matter);
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    rows.add(new Sealed(matter, r.getInt(1), r.getString(2), r.getInt(3), r.getBytes(4)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** In what lies on the disk, deleted documents too: their words stay in a segment until it is written anew. */
    private boolean inIndex() {
        try (FSDirectory folder = FSDirectory.open(index.folder()); DirectoryReader reader = DirectoryReader.open(folder)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                for (FieldInfo field : leaf.reader().getFieldInfos()) {
                    Terms terms = leaf.reader().terms(field.name);
                    TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
                    for (BytesRef term = each.next(); term != null; term = each.next()) {
                        if (term.utf8ToString().contains(rare)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysSinceWhenAndWhyInsteadOfWords() {
        Answer.Done matter = closed();
        erase(matter.matter());

        Visitor resident = new Visitor(port);
        resident.get("/follow");
        resident.post("/follow", Map.of("number", matter.number().digits(), "code", matter.code().orElseThrow()));
        String page = resident.get("/follow/" + matter.number().digits()).body();
        assertThat(page).contains("保存期限届满", "依法删除").doesNotContain(mark, "/act/");
        MatterViews.MatterView view = Acting.as(hall.dispatcher, () -> views.get(matter.matter()));
        assertThat(view.words()).isEmpty();
        assertThat(Acting.as(hall.dispatcher, () -> views.nextActions(matter.matter()))).isEmpty();
        assertThat(Acting.as(hall.dispatcher, () -> views.history(matter.matter())).getLast().says().in(java.util.Locale.ENGLISH)).contains("erased by law");
    }

    @Test
    void isErasedOnceAndNothingIsDoneToItAnyMore() {
        Answer.Done matter = closed();
        Endings.Answer first = erase(matter.matter());
        assertThat(erase(matter.matter())).isEqualTo(new Endings.Answer.Already());
        int version = ((Endings.Answer.Done) first).seq();
        assertThat(Acting.as(new Actor.Resident(matter.matter(), 1), () -> matters.act(Matters.Act.on(matter.matter(), "reopen", Map.of("reason", "再说"), version, Hall.key()))))
                .isInstanceOf(Answer.Refused.class);
        assertThat(wrongs(matter.number())).isEmpty();
    }

    @Test
    void isNotErasedWhileSomebodyWorksOnIt() {
        Answer.Done matter = told();
        assertThat(erase(matter.matter())).isInstanceOfSatisfying(Endings.Answer.Refused.class, refused -> assertThat(refused.refusal().code()).isEqualTo("ending-still-open"));
        assertThat(Acting.as(hall.dispatcher, () -> views.get(matter.matter())).word("title")).contains(mark);
    }

    @Test
    void goesOnWhereItWasWhenARoomFailedOnTheWay() {
        Answer.Done matter = closed();
        planted.failing.add(matter.matter());
        erase(matter.matter());
        assertThat(Acting.as(JOB, () -> endings.of(matter.matter())).orElseThrow().whole()).isFalse();
        assertThat(planted.forgotten).doesNotContain(matter.matter());
        Eventually.that("the room has forgotten it", () -> whole(matter.matter()));
        assertThat(planted.forgotten).contains(matter.matter());
    }

    @Test
    void leavesWhatWasSplitOffItsOwnWordsAndPhotos() {
        Evidence photo = photo();
        Answer.Done matter = told(photo);
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, matter.matter(), "split", Map.of("part-title", "另一件" + mark, "part-description", "另立的" + mark), 2);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "答复", "outcome", "explained"), 3);
        UUID part = child(matter.matter());
        Supplier<MatterViews.MatterView> kept = () -> Acting.as(hall.dispatcher, () -> views.get(part));
        List<MatterViews.File> before = kept.get().files();
        erase(matter.matter());
        Eventually.that("every room has forgotten it", () -> whole(matter.matter()));
        assertThat(kept.get().word("title")).contains(mark);
        assertThat(kept.get().files()).isEqualTo(before);
        for (MatterViews.File file : before) {
            assertThat(Acting.as(new Actor.Machine("test"), () -> bytes(file.id()))).isPresent();
        }
    }

    private long sealed(UUID matter) {
        try (var all = SuperuserConnection.open(context); var s = all.prepareStatement("select count(sealed) from matters.particular where matter = ?")) {
            s.setObject(1, matter);
            try (var r = s.executeQuery()) {
                r.next();
                return r.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID child(UUID matter) {
        try (var all = SuperuserConnection.open(context); var s = all.prepareStatement("select id from matters.matter where split_from = ?")) {
            s.setObject(1, matter);
            try (var r = s.executeQuery()) {
                assertThat(r.next()).isTrue();
                return r.getObject(1, UUID.class);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<byte[]> bytes(UUID file) {
        try {
            return evidence.bytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isShownToNoOfficeOnceItIsPutAwayAndComesBackWhenItIsTakenOut() {
        Answer.Done matter = closed();
        UUID id = matter.matter();
        assertThat(Acting.as(JOB, () -> endings.putAway(id, "T1"))).isInstanceOf(Endings.Answer.Done.class);
        assertThat(Acting.as(JOB, () -> endings.putAway(id, "T1"))).isEqualTo(new Endings.Answer.Already());
        for (Actor.Staff staff : List.of(hall.dispatcher, hall.clerk, hall.supervisor)) {
            assertThat(Acting.as(staff, () -> views.find(matter.number()))).isEmpty();
        }
        assertThat(Acting.as(new Actor.Resident(id, 1), () -> views.get(id)).word("title")).contains(mark);
        assertThat(Acting.as(JOB, () -> endings.takeOut(id, "court"))).isInstanceOf(Endings.Answer.Done.class);
        assertThat(Acting.as(hall.dispatcher, () -> views.get(id)).word("title")).contains(mark);
        assertThat(wrongs(matter.number())).isEmpty();
    }

    @Test
    void takesACorrectionBesideWhatWasSaid() {
        Answer.Done matter = closed();
        assertThat(Acting.as(hall.dispatcher, () -> endings.correct(matter.matter(), 1, "应为三天", "1"))).isInstanceOf(Endings.Answer.Done.class);
        MatterViews.MatterView view = Acting.as(hall.dispatcher, () -> views.get(matter.matter()));
        assertThat(view.word("correction")).isEqualTo("应为三天");
        assertThat(view.word("description")).contains(mark);
        assertThat(wrongs(matter.number())).isEmpty();
    }
}
