package org.heshi.boot.database;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.heshi.kernel.CannotStart;

/**
 * Who may enter the database, and how. Never shown: {@code toString} says nothing.
 *
 * @param admin    makes roles
 * @param owner    owns the tables; used for migrations only
 * @param app      the program, under row-level security
 * @param follower followers of the log
 */
public record Logins(Login admin, Login owner, Login app, Login follower) {

    public static final String OWNER = "heshi_owner";
    public static final String APP = "heshi_app";
    public static final String FOLLOWER = "heshi_follower";

    private static final String ADMIN = "postgres";
    private static final int ROUNDS = 100_000;

    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    public static boolean kept(Path file) {
        return Files.exists(file);
    }

    /** Reads the owner-only file of the embedded database. */
    public static Logins read(Path file) {
        Properties kept = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            kept.load(in);
        } catch (IOException e) {
            throw CannotStart.because("The passwords of the embedded database cannot be read from " + file + ": " + e.getMessage(), e);
        }
        return new Logins(login(kept, ADMIN, file), login(kept, OWNER, file), login(kept, APP, file), login(kept, FOLLOWER, file));
    }

    /** Makes random passwords and keeps them in a file that only its owner may read, whole or not at all. */
    public static Logins make(Path file) {
        Logins made = new Logins(random(ADMIN), random(OWNER), random(APP), random(FOLLOWER));
        Properties kept = new Properties();
        for (Login login : new Login[] {made.admin, made.owner, made.app, made.follower}) {
            kept.setProperty(login.user, login.password);
        }
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.deleteIfExists(part);
            Files.createFile(part);
            DataFolder.ownerOnly(part, "rw-------");
            try (Writer out = Files.newBufferedWriter(part)) {
                kept.store(out, "Passwords of the embedded database. Only the program reads this.");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return made;
        } catch (IOException e) {
            throw CannotStart.because("The passwords of the embedded database cannot be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * On an external server every process must know the same passwords without telling each other: they are derived from the
     * administrator's by PBKDF2, so that nothing more is kept anywhere.
     */
    static Logins derived(String user, String password) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), "heshi database roles".getBytes(StandardCharsets.US_ASCII), ROUNDS, 256);
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
            return new Logins(new Login(user, password), derived(key, OWNER), derived(key, APP), derived(key, FOLLOWER));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Login derived(byte[] key, String role) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return new Login(role, text(mac.doFinal(role.getBytes(StandardCharsets.US_ASCII))));
    }

    private static Login random(String role) {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return new Login(role, text(bytes));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Login login(Properties kept, String role, Path file) {
        String password = kept.getProperty(role);
        if (password == null) {
            throw CannotStart.because("The file " + file + " holds no password of " + role + "; put back the whole file from a backup.");
        }
        return new Login(role, password);
    }

    @Override
    public String toString() {
        return "Logins";
    }
}
