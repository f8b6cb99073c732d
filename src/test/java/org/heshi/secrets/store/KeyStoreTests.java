package org.heshi.secrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.heshi.kernel.CannotStart;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.KeyRing;
import org.heshi.secrets.KeyRing.MissingKey;
import org.heshi.secrets.key.KeyEncryption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class KeyStoreTests {

    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
    private static final byte[] WORDS = "邻居的围墙越过了界".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HERE = "here".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final List<KeyStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(KeyStore::destroy);
    }

    private KeyStore open(Path data, String copy) {
        KeyStore store = new KeyStore(new SecretsSettings(data.resolve("keys.db"), data.resolve("kek.key"), copy, "", 1),
                new StaticListableBeanFactory().getBeanProvider(KeyEncryption.class));
        opened.add(store);
        return store;
    }

    private KeyStore open() {
        return open(folder.resolve("data"), "");
    }

    private Path copyFolder() throws IOException {
        return Files.createDirectories(folder.resolve("copy"));
    }

    @Test
    void opensWhatItSealedAlsoAfterAStart() {
        KeyStore store = open();
        UUID key = store.fresh();
        byte[] sealed = store.find(key).orElseThrow().seal(WORDS, HERE);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(new String(WORDS, StandardCharsets.ISO_8859_1));
        assertThat(store.find(key).orElseThrow().open(sealed, HERE)).isEqualTo(WORDS);
        assertThat(open().find(key).orElseThrow().open(sealed, HERE)).isEqualTo(WORDS);
    }

    @Test
    void opensNothingElsewhereOrUnderAnotherKey() {
        KeyStore store = open();
        UUID key = store.fresh();
        byte[] sealed = store.find(key).orElseThrow().seal(WORDS, HERE);
        byte[] damaged = sealed.clone();
        damaged[20] ^= 1;

        assertThatThrownBy(() -> store.find(key).orElseThrow().open(sealed, "there".getBytes(StandardCharsets.US_ASCII))).isInstanceOf(BrokenSeal.class);
        assertThatThrownBy(() -> store.find(store.fresh()).orElseThrow().open(sealed, HERE)).isInstanceOf(BrokenSeal.class);
        assertThatThrownBy(() -> store.find(key).orElseThrow().open(damaged, HERE)).isInstanceOf(BrokenSeal.class);
    }

    @Test
    void givesNoKeyTwice() {
        KeyStore store = open();
        List<UUID> keys = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            keys.add(store.fresh());
        }
        assertThat(keys).doesNotHaveDuplicates();
        UUID later = open().fresh();
        assertThat(keys).doesNotContain(later);
    }

    @Test
    void asksItsFileForNoKeyThatItHasJustGivenAndForgetsADestroyedOneAllTheSame() throws Exception {
        KeyStore store = open();
        UUID key = store.fresh();
        UUID other = store.fresh();
        byte[] sealed = store.find(key).orElseThrow().seal(WORDS, HERE);
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/keys.db")); Statement s = c.createStatement()) {
            s.execute("delete from key");
        }
        assertThat(store.find(key).orElseThrow().open(sealed, HERE)).isEqualTo(WORDS);
        assertThat(store.find(other)).isPresent();
        store.destroy(List.of(key), NOW);
        assertThat(store.find(key)).isEmpty();
        assertThat(store.find(other)).isPresent();
    }

    @Test
    void opensTheSameWithAKeyJustGivenAndWithWhatItsFileHolds() {
        KeyStore store = open();
        UUID key = store.fresh();
        byte[] sealed = store.find(key).orElseThrow().seal(WORDS, HERE);
        assertThat(open().find(key).orElseThrow().open(sealed, HERE)).isEqualTo(WORDS);
    }

    @Test
    void forgetsADestroyedKeyInStoreAndCopyAtOnce() throws Exception {
        KeyStore store = open(folder.resolve("data"), copyFolder().toString());
        UUID key = store.fresh();
        byte[] wrapped = wrapped(folder.resolve("data/keys.db"), key);
        assertThat(wrapped(copyFolder().resolve(StoreCopy.NAME), key)).as("a key is in the copy before it is used").isEqualTo(wrapped);

        store.destroy(List.of(key), NOW);

        assertThat(store.find(key)).isEmpty();
        assertThat(store.destroyed(List.of(key, store.fresh()))).containsExactly(key);
        assertThat(store.destroyedAfter(0, 10)).extracting(KeyRing.Destroyed::key).containsExactly(key);
        assertThat(open(folder.resolve("data"), copyFolder().toString()).find(key)).isEmpty();
        assertThat(holds(wrapped)).as("files that still hold its bytes").isEmpty();
    }

    @Test
    void keepsWhatStaysOfAMatterInPlaceOfItsOldKeyInTheCopyTooUntilTheMatterIsErased() throws Exception {
        KeyStore store = open(folder.resolve("data"), copyFolder().toString());
        UUID matter = UUID.randomUUID();
        UUID old = store.fresh();
        UUID fresh = store.fresh();
        UUID last = store.fresh();
        assertThat(store.replace(matter, old, WORDS, Set.of(fresh), NOW)).isTrue();
        assertThat(store.replace(matter, fresh, HERE, Set.of(last), NOW)).isTrue();
        assertThat(store.replace(matter, store.fresh(), WORDS, Set.of(last, fresh), NOW)).as("sealed under a key that is gone").isFalse();
        assertThat(store.replace(matter, last, WORDS, Set.of(last), NOW)).as("sealed under the key that goes").isFalse();
        assertThat(store.find(last)).isPresent();
        assertThat(store.find(old)).isEmpty();
        assertThat(store.destroyedOf(List.of(matter))).as("the matter is not erased").isEmpty();
        Path copy = copyFolder().resolve(StoreCopy.NAME);
        for (KeyTable table : List.of(KeyTable.open(folder.resolve("data/keys.db"), true), KeyTable.open(copy, false))) {
            assertThat(table.keptAfter(0, 10)).singleElement().satisfies(one -> {
                assertThat(one.matter()).isEqualTo(matter);
                assertThat(one.bytes()).isEqualTo(HERE);
            });
            table.close();
        }
        store.destroy(matter, last, NOW);
        for (KeyTable table : List.of(KeyTable.open(folder.resolve("data/keys.db"), true), KeyTable.open(copy, false))) {
            assertThat(table.keptAfter(0, 10)).isEmpty();
            table.close();
        }
    }

    @Test
    void neverHasACopyWithNeitherAKeyNorWhatIsKeptInItsPlaceWhileManyChangeItAtOnce() throws Exception {
        KeyStore store = open(folder.resolve("data"), copyFolder().toString());
        Map<UUID, UUID> keyOf = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            keyOf.put(UUID.randomUUID(), store.fresh());
        }
        List<Thread> all = new ArrayList<>();
        keyOf.forEach((matter, key) -> all.add(Thread.ofVirtual().start(() -> store.replace(matter, key, WORDS, Set.of(), NOW))));
        for (Thread each : all) {
            each.join();
        }
        // what was asked for while it followed was followed, too, without another asking
        KeyTable copy = KeyTable.open(copyFolder().resolve(StoreCopy.NAME), false);
        assertThat(copy.keptAfter(0, 100)).extracting(KeyRing.Kept::matter).containsExactlyInAnyOrderElementsOf(keyOf.keySet());
        assertThat(keyOf.values()).allSatisfy(key -> assertThat(copy.gone(key)).isTrue());
        copy.close();
    }

    @Test
    void takesAKeyThatItNeverHeldForLostAndNotForErased() {
        KeyStore store = open();
        assertThatThrownBy(() -> store.find(UUID.randomUUID())).isInstanceOf(MissingKey.class);
    }

    @Test
    void goesOnWithoutItsCopyAndCatchesUp() throws Exception {
        Path copy = folder.resolve("away/copy");
        KeyStore store = open(folder.resolve("data"), copy.toString());
        UUID early = store.fresh();
        UUID gone = store.fresh();
        store.destroy(List.of(gone), NOW);
        assertThat(store.state().copy().orElseThrow().behindSince()).isPresent();
        assertThat(store.follow()).isFalse();

        Files.createDirectories(copy);
        assertThat(store.follow()).isTrue();

        assertThat(store.state().copy().orElseThrow().behindSince()).isEmpty();
        assertThat(wrapped(copy.resolve(StoreCopy.NAME), early)).isEqualTo(wrapped(folder.resolve("data/keys.db"), early));
        assertThat(wrapped(copy.resolve(StoreCopy.NAME), gone)).isNull();
    }

    @Test
    void worksOnFromItsCopyWhenItIsLost() throws Exception {
        KeyStore store = open(folder.resolve("data"), copyFolder().toString());
        UUID key = store.fresh();
        UUID gone = store.fresh();
        byte[] sealed = store.find(key).orElseThrow().seal(WORDS, HERE);
        store.destroy(List.of(gone), NOW);
        store.destroy();
        opened.clear();
        Path anew = Files.createDirectories(folder.resolve("anew"));
        Files.copy(folder.resolve("data/kek.key"), anew.resolve("kek.key"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThatThrownBy(() -> open(anew, folder.resolve("copy").toString())).isInstanceOf(CannotStart.class).hasMessageContaining("a copy of one lies in");

        Files.delete(anew.resolve("keys.db"));
        Files.copy(copyFolder().resolve(StoreCopy.NAME), anew.resolve("keys.db"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        KeyStore again = open(anew, folder.resolve("copy").toString());
        assertThat(again.find(key).orElseThrow().open(sealed, HERE)).isEqualTo(WORDS);
        assertThat(again.find(gone)).isEmpty();
        assertThat(again.fresh()).isNotIn(key, gone);
        assertThat(again.state().copy().orElseThrow().behindSince()).isEmpty();
    }

    @Test
    void wrapsEveryKeyAnewWhileAnotherWorksAndForgetsTheOldOne() throws Exception {
        KeyStore store = open(folder.resolve("data"), copyFolder().toString());
        Map<UUID, byte[]> sealed = new LinkedHashMap<>();
        for (int i = 0; i < 3_000; i++) {
            UUID key = store.fresh();
            sealed.put(key, store.find(key).orElseThrow().seal(WORDS, HERE));
        }
        byte[] old = Files.readAllBytes(folder.resolve("data/kek.key"));
        byte[] wrappedBefore = wrapped(folder.resolve("data/keys.db"), sealed.keySet().iterator().next());
        KeyStore command = open(folder.resolve("data"), copyFolder().toString());

        long keys = command.rotate(_ -> {
            for (int i = 0; i < 700; i++) {
                UUID key = store.fresh();
                sealed.put(key, store.find(key).orElseThrow().seal(WORDS, HERE));
            }
        });

        assertThat(keys).isGreaterThanOrEqualTo(sealed.size());
        assertThat(Files.readAllBytes(folder.resolve("data/kek.key"))).isNotEqualTo(old);
        assertThat(folder.resolve("data/kek.key.next")).doesNotExist();
        KeyStore later = open(folder.resolve("data"), copyFolder().toString());
        for (KeyStore each : List.of(store, later)) {
            sealed.forEach((key, text) -> assertThat(each.find(key).orElseThrow().open(text, HERE)).isEqualTo(WORDS));
        }
        assertThat(later.find(store.fresh())).isPresent();
        store.destroy();
        command.destroy();
        later.destroy();
        opened.clear();
        assertThat(holds(old)).isEmpty();
        assertThat(holds(wrappedBefore)).as("files that still hold what the old key of keys wrapped").isEmpty();
    }

    @Test
    void isNotRenewedWhileItsCopyIsAway() throws Exception {
        KeyStore store = open(folder.resolve("data"), copyFolder().toString());
        UUID key = store.fresh();
        byte[] old = Files.readAllBytes(folder.resolve("data/kek.key"));
        Files.move(folder.resolve("copy"), folder.resolve("away"));

        assertThatThrownBy(() -> store.rotate(_ -> { })).isInstanceOf(IllegalStateException.class).hasMessageContaining("cannot be reached");
        assertThat(Files.readAllBytes(folder.resolve("data/kek.key"))).isEqualTo(old);

        Files.move(folder.resolve("away"), folder.resolve("copy"));
        store.rotate(_ -> { });
        assertThat(wrapped(copyFolder().resolve(StoreCopy.NAME), key)).isEqualTo(wrapped(folder.resolve("data/keys.db"), key));
    }

    @Test
    void isNotSpoiltByAStartWithTheWrongKey() throws Exception {
        KeyStore store = open(folder.resolve("data"), copyFolder().toString());
        UUID key = store.fresh();
        byte[] sealed = store.find(key).orElseThrow().seal(WORDS, HERE);
        Path back = Files.createDirectories(folder.resolve("back"));
        Files.copy(copyFolder().resolve(StoreCopy.NAME), back.resolve("keys.db"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.write(back.resolve("kek.key"), new byte[32]);
        Files.setPosixFilePermissions(back.resolve("kek.key"), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> open(back, "")).isInstanceOf(CannotStart.class);

        Files.write(back.resolve("kek.key"), Files.readAllBytes(folder.resolve("data/kek.key")));
        assertThat(open(back, "").find(key).orElseThrow().open(sealed, HERE)).isEqualTo(WORDS);
    }

    @Test
    void goesOnWithARotationThatWasKilled() throws Exception {
        KeyStore store = open();
        Map<UUID, byte[]> sealed = new LinkedHashMap<>();
        for (int i = 0; i < 3_500; i++) {
            UUID key = store.fresh();
            sealed.put(key, store.find(key).orElseThrow().seal(WORDS, HERE));
        }
        AtomicInteger batches = new AtomicInteger();
        assertThatThrownBy(() -> store.rotate(_ -> {
            if (batches.incrementAndGet() == 2) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");

        KeyStore after = open();
        sealed.forEach((key, text) -> assertThat(after.find(key).orElseThrow().open(text, HERE)).isEqualTo(WORDS));
        after.rotate(_ -> { });

        assertThat(folder.resolve("data/kek.key.next")).doesNotExist();
        KeyStore whole = open();
        sealed.forEach((key, text) -> assertThat(whole.find(key).orElseThrow().open(text, HERE)).isEqualTo(WORDS));
    }

    @Test
    void refusesToStartWithoutItsKeyOrWithAnotherOrAnOpenOne() throws Exception {
        open().fresh();
        Path key = folder.resolve("data/kek.key");
        byte[] right = Files.readAllBytes(key);

        Files.delete(key);
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("is lost").hasMessageContaining(key.toString());

        Files.write(key, new byte[32]);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("wrapped by another key");

        Files.write(key, right);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("open to other users");

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(folder.resolve("data/keys.db"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("The key store is open to other users");
    }

    @Test
    void saysSoWhenItsFileIsNoStore() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.write(folder.resolve("data/keys.db"), "this is no store of keys at all, only words".repeat(200).getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(folder.resolve("data/keys.db"), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("The key store cannot be opened");
    }

    private static byte[] wrapped(Path store, UUID key) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store); Statement s = c.createStatement();
                ResultSet r = s.executeQuery("select bytes from key where hex(id) = '" + key.toString().replace("-", "").toUpperCase(java.util.Locale.ROOT) + "'")) {
            return r.next() ? r.getBytes(1) : null;
        }
    }

    private List<Path> holds(byte[] bytes) throws IOException {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Path> found = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
