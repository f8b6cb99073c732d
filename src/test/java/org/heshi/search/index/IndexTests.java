package org.heshi.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index on its own, with a log in memory. */
class IndexTests {

    private static final UUID UNIT = Uuid7.at(Instant.EPOCH);
    private static final UUID NEIGHBOUR = Uuid7.at(Instant.EPOCH);
    private static final Eyes EYES = new Eyes(UNIT, "");

    private Path data = Path.of("");
    private Shelf shelf = new Shelf(Path.of("unused"));
    private final InMemoryLog log = new InMemoryLog();

    @BeforeEach
    @BeforeTry
    void open() throws IOException {
        // One instance serves all tries of a property: what an earlier try has put would fill the page of the later ones.
        log.clear();
        data = Files.createTempDirectory("index");
        shelf = new Shelf(data);
    }

    @AfterEach
    @AfterTry
    void close() throws IOException {
        shelf.destroy();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void findsWordsThatADictionaryWouldCutAway() {
        UUID lamp = put("枫桥镇路灯不亮", "村口三盏路灯坏了");
        UUID bike = put("电动车充电", "小区没有电动自行车棚");
        assertThat(find("路灯")).containsExactly(lamp);
        assertThat(find("电动")).containsExactly(bike);
        assertThat(find("枫桥")).containsExactly(lamp);
        assertThat(find("动自")).containsExactly(bike);
        assertThat(find("灯")).containsExactly(lamp);
        assertThat(find("路灯 枫桥")).containsExactly(lamp);
        assertThat(find("路灯 电动")).isEmpty();
        assertThat(find("灯路")).isEmpty();
    }

    @Test
    void readsFullWidthCapitalsAndRadicalsAsTheirPlainForm() {
        UUID matter = put("ＡＢＣ小区⽹络", "WiFi");
        assertThat(find("abc")).containsExactly(matter);
        assertThat(find("网络")).containsExactly(matter);
        assertThat(find("ｗｉｆｉ")).containsExactly(matter);
    }

    @Property(tries = 60)
    void everyPairOfNeighboursInATextFindsIt(@ForAll("texts") String title, @ForAll("texts") String description) {
        UUID matter = put(title, description);
        for (String text : List.of(title, description)) {
            for (int[] run : Grams.runs(Grams.normal(text))) {
                for (int i = 0; i < run.length; i++) {
                    assertThat(find(Grams.one(run, i))).contains(matter);
                    if (i + 1 < run.length) {
                        assertThat(find(Grams.pair(run, i))).contains(matter);
                    }
                }
                assertThat(find(new String(run, 0, run.length))).contains(matter);
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("路灯电动枫桥诸暨垃圾清运的了，。 ！").withCharRange('a', 'c').withCharRange('0', '2').withCharRange('\u4e00', '\u4e10')
                .ofMinLength(1).ofMaxLength(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*", "\"", "title:路灯", "路灯 AND", "(", "[a TO b]", "\\", "/x/", "~", "路灯~2", "+路灯 -枫桥", "a\0b", "\uD800", "😀", "'; drop table x"})
    void takesEveryCharacterForItself(String typed) {
        UUID lamp = put("路灯", "枫桥");
        assertThat(find(typed)).allMatch(lamp::equals);
    }

    @Test
    void takesAVeryLongQuery() {
        UUID lamp = put("路灯不亮", "村口三盏路灯坏了，晚上走路看不见");
        put("井盖", "丢了");
        assertThat(find("村口三盏路灯坏了晚上走路看不清")).containsExactly(lamp);
        assertThat(find("村口三盏路灯坏了以后一直没有人来修理")).isEmpty();
        assertThat(find("晚上走路看不见")).containsExactly(lamp);
        assertThat(find("村口的三盏路灯坏了 晚上走路看不见")).containsExactly(lamp);
        assertThat(find("路灯".repeat(50_000))).isEmpty();
        assertThat(find("a b c d e f g h ".repeat(5_000))).isEmpty();
    }

    @Test
    void showsOnlyWhatTheDatabaseAllowsAndFillsThePageFromWhatFollows() {
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            all.add(put("路灯" + i, "不亮"));
        }
        Set<UUID> allowed = Set.copyOf(all.subList(0, 10));
        Function<List<UUID>, List<UUID>> judge = ids -> ids.stream().filter(allowed::contains).toList();
        List<UUID> seen = new ArrayList<>();
        String after = "";
        do {
            Page<UUID> page = finder().find(asked("路灯"), EYES, after, 4, judge, id -> id);
            assertThat(page.rows().size()).isLessThanOrEqualTo(4);
            seen.addAll(page.rows());
            after = page.next().orElse("");
        } while (!after.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(allowed);
    }

    @Test
    void pagesThroughBothOrdersWithoutGapOrRepetition() {
        for (int i = 0; i < 45; i++) {
            put("路灯" + "很".repeat(i % 5), "不亮" + i);
        }
        for (boolean newest : List.of(true, false)) {
            List<UUID> seen = new ArrayList<>();
            String after = "";
            do {
                Page<UUID> page = finder().find(new Asked("路灯", "", "", "", "", "", Optional.empty(), Optional.empty(), Optional.empty(), newest), EYES,
                        after, 10, ids -> ids, id -> id);
                seen.addAll(page.rows());
                after = page.next().orElse("");
            } while (!after.isEmpty());
            assertThat(seen).doesNotHaveDuplicates().hasSize(45);
            if (newest) {
                assertThat(seen).isEqualTo(seen.stream().sorted(java.util.Comparator.comparing((UUID id) -> log.now.get(id).recordedAt()).reversed()).toList());
            }
        }
    }

    @Test
    void neitherANeighbourNorABarredUnitFindsIt() {
        UUID matter = put("路灯", "不亮");
        MatterLog.Now now = log.now.get(matter);
        assertThat(find(asked("路灯"), new Eyes(NEIGHBOUR, ""))).isEmpty();
        assertThat(find(asked("路灯"), new Eyes(NEIGHBOUR, "330681"))).containsExactly(matter);
        assertThat(find(asked("路灯"), new Eyes(NEIGHBOUR, "330682"))).isEmpty();
        log.add(barring(now, NEIGHBOUR));
        follow();
        assertThat(find(asked("路灯"), new Eyes(NEIGHBOUR, "330681"))).isEmpty();
        assertThat(find(asked("路灯"), EYES)).containsExactly(matter);
    }

    @Test
    void narrowsByCodesAndDays() {
        UUID matter = put("路灯", "不亮");
        LocalDate day = org.heshi.kernel.CivilTime.dateOf(log.now.get(matter).recordedAt());
        assertThat(find(new Asked("", "service", "registered", "07", "yellow", "330681105", Optional.of(false), Optional.of(day), Optional.of(day), true), EYES))
                .containsExactly(matter);
        assertThat(find(new Asked("路灯", "advice", "", "", "", "", Optional.empty(), Optional.empty(), Optional.empty(), true), EYES)).isEmpty();
        assertThat(find(new Asked("路灯", "", "", "08", "", "", Optional.empty(), Optional.empty(), Optional.empty(), true), EYES)).isEmpty();
        assertThat(find(new Asked("路灯", "", "", "", "", "", Optional.of(true), Optional.empty(), Optional.empty(), true), EYES)).isEmpty();
        assertThat(find(new Asked("路灯", "", "", "", "", "", Optional.empty(), Optional.of(day.plusDays(1)), Optional.empty(), true), EYES)).isEmpty();
    }

    @Test
    void findsALongNumberOnlyWhereItStandsWhole() {
        UUID matter = UUID.fromString("01a2058e-0000-7000-8000-000000000001");
        MatterLog.Now now = now(matter, Map.of("title", "路灯"), Set.of());
        log.add(now);
        follow();
        String digits = now.number().digits();
        assertThat(find(digits)).containsExactly(matter);
        assertThat(find(digits.substring(2))).containsExactly(matter);
        // the same pairs of digits, and one digit off
        assertThat(find(digits + digits)).isEmpty();
        assertThat(find(digits.substring(0, 12) + (char) ('0' + (digits.charAt(12) - '0' + 1) % 10))).isEmpty();
    }

    @Test
    void holdsNoNameOrContactThatStandsBesideTheWords() {
        UUID matter = Uuid7.at(Instant.EPOCH);
        log.add(now(matter, Map.of("title", "路灯", "name", "王小明", "phone", "13800000000", "note", "内部记录"), Set.of()));
        follow();
        assertThat(find("王小明")).isEmpty();
        assertThat(find("13800000000")).isEmpty();
        assertThat(find("内部")).isEmpty();
        assertThat(find("路灯")).containsExactly(matter);
    }

    @Test
    void forgetsErasedWordsWithTheNextEntry() {
        UUID matter = put("路灯", "王家门口");
        log.add(now(matter, Map.of("title", "路灯"), Set.of()));
        follow();
        assertThat(find("王家")).isEmpty();
        assertThat(find("路灯")).containsExactly(matter);
    }

    @Test
    void findsWhatWentToAnotherPlaceForWhoWatchedTheOldOne() {
        UUID matter = put("路灯", "不亮");
        List<UUID> was = find(asked("路灯"), new Eyes(UUID.randomUUID(), "330682"));
        log.before.put(matter, "330682104");
        log.add(log.now.get(matter));
        follow();
        assertThat(was).isEmpty();
        assertThat(find(asked("路灯"), new Eyes(UUID.randomUUID(), "330682"))).containsExactly(matter);
        assertThat(find(asked("路灯"), new Eyes(UUID.randomUUID(), "330681"))).containsExactly(matter);
    }

    @Test
    void goesOnWhereItStoodAfterARestart() throws IOException {
        UUID matter = put("路灯", "不亮");
        shelf.destroy();
        reopen();
        assertThat(shelf.position()).isEqualTo(1);
        assertThat(find("路灯")).containsExactly(matter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments_", ".si", ".cfs", ".cfe"})
    void rebuildsItselfWhenAFileIsDamaged(String which) throws IOException {
        UUID matter = put("路灯", "不亮");
        shelf.destroy();
        Path file;
        try (Stream<Path> files = Files.list(shelf.folder())) {
            file = files.filter(f -> f.getFileName().toString().contains(which)).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x5A;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        reopen();
        assertThat(follower.ownPosition()).hasValue(0);
        assertThat(finder().rebuilding()).hasValue(0);
        followAll();
        assertThat(find("路灯")).containsExactly(matter);
    }

    @Test
    void rebuildsItselfWhenItWasThrownAwayOrIsOfAnotherFormatOrOfAnotherDatabase() throws IOException {
        UUID matter = put("路灯", "不亮");
        shelf.destroy();
        try (Stream<Path> files = Files.list(shelf.folder())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        reopen();
        followAll();
        assertThat(find("路灯")).containsExactly(matter);

        shelf.destroy();
        try (var directory = org.apache.lucene.store.FSDirectory.open(shelf.folder());
                var writer = new org.apache.lucene.index.IndexWriter(directory, new org.apache.lucene.index.IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("format", "of-old", "position", "1").entrySet());
            writer.commit();
        }
        reopen();
        assertThat(shelf.position()).isZero();
        followAll();

        log.entries.clear();
        shelf.destroy();
        reopen();
        assertThat(follower.ownPosition()).isEqualTo(OptionalLong.of(0));
        assertThat(find("路灯")).isEmpty();
    }

    @Test
    void rebuildsWhenItIsAskedTo() throws IOException {
        put("路灯", "不亮");
        new Shelf(data).wishRebuild();
        assertThat(shelf.position()).isZero();
        followAll();
        assertThat(shelf.position()).isEqualTo(1);
        assertThat(find("路灯")).hasSize(1);
    }

    // ---- a log in memory

    private SearchFollower follower = new SearchFollower(shelf, log);

    private UUID put(String title, String description) {
        UUID matter = Uuid7.at(Instant.ofEpochSecond(1_780_000_000L + 60L * log.entries.size()));
        log.add(now(matter, Map.of("title", title, "description", description), Set.of()));
        follow();
        return matter;
    }

    private void reopen() {
        shelf = new Shelf(data);
        follower = new SearchFollower(shelf, log);
    }

    @Test
    void leavesAnIndexAloneOnWhichAnotherProcessWorks() {
        UUID matter = put("路灯", "不亮");
        Shelf second = new Shelf(data);
        org.assertj.core.api.Assertions.assertThatThrownBy(second::position).isInstanceOf(java.io.UncheckedIOException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(second::again).isInstanceOf(java.io.UncheckedIOException.class);
        assertThat(find("路灯")).containsExactly(matter);
    }

    private void follow() {
        follower = new SearchFollower(shelf, log);
        followAll();
    }

    private void followAll() {
        long position = follower.ownPosition().orElseThrow();
        List<LoggedEntry> rest = log.after(position, Integer.MAX_VALUE);
        if (!rest.isEmpty()) {
            follower.follow(rest);
        }
    }

    private MatterFinder finder() {
        return new MatterFinder(shelf, follower, _ -> List.of());
    }

    private static Asked asked(String words) {
        return new Asked(words, "", "", "", "", "", Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    private List<UUID> find(String words) {
        Asked asked = asked(words);
        return asked.hasWords() ? find(asked, EYES) : List.of();
    }

    private List<UUID> find(Asked asked, Eyes eyes) {
        return finder().find(asked, eyes, "", 50, ids -> ids, id -> id).rows();
    }

    private MatterLog.Now now(UUID matter, Map<String, String> words, Set<UUID> barred) {
        Instant recorded = Instant.ofEpochSecond(1_780_000_000L + 60L * log.entries.size());
        MatterNumber number = MatterNumber.draw(1, 26, new java.util.Random(matter.hashCode()));
        return new MatterLog.Now(matter, number, "service", 1, "registered", false, "desk", 1, Optional.of("0703"), "window", "330681105", "330681105",
                Optional.empty(), Optional.empty(), recorded, recorded, words, Optional.empty(), Map.of("desk", Set.of(UNIT)), barred, Set.of());
    }

    private static MatterLog.Now barring(MatterLog.Now n, UUID unit) {
        return new MatterLog.Now(n.matter(), n.number(), n.kind(), n.procedure(), n.state(), n.terminal(), n.turn(), n.level(), n.category(), n.channel(), n.division(),
                n.scope(), n.lead(), n.outcome(), n.recordedAt(), n.lastAt(), n.words(), n.reporterEmail(), n.units(), Set.of(unit), n.barredPosts());
    }

    private static final class InMemoryLog implements MatterLog {

        final List<LoggedEntry> entries = new ArrayList<>();
        final Map<UUID, Now> now = new HashMap<>();
        final Map<UUID, String> before = new HashMap<>();

        void clear() {
            entries.clear();
            now.clear();
            before.clear();
        }

        void add(Now matter) {
            now.put(matter.matter(), matter);
            entries.add(new LoggedEntry(entries.size() + 1, matter.matter(), 1, "report", "service", 1, Optional.empty(), Optional.empty(), "registered",
                    "passerby", Optional.empty(), Optional.empty(), matter.recordedAt(), Set.of("staff"), "{}"));
        }

        @Override
        public List<LoggedEntry> after(long position, int limit) {
            return List.copyOf(entries.subList((int) position, entries.size()));
        }

        @Override
        public long head() {
            return entries.size();
        }

        @Override
        public Map<UUID, Now> now(Set<UUID> matters) {
            Map<UUID, Now> some = new HashMap<>(now);
            some.keySet().retainAll(matters);
            return some;
        }

        @Override
        public Map<UUID, String> scopesBefore(Set<UUID> matters) {
            return before;
        }
    }
}
