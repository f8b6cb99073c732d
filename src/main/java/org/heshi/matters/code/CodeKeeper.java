package org.heshi.matters.code;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.KeyFile;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.KeyedMarks;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.ResidentCodes;
import org.heshi.matters.log.Digests;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Residents' codes: 8 symbols without look-alikes (39.6 bits), kept as HMAC-SHA-256 under a key that stands outside the database and a salt of
 * the party, so that a stolen database opens no matter.
 */
@Component
public class CodeKeeper implements ResidentCodes, KeyedMarks {

    /** No 0 and O, no 1, I and L. */
    private static final String SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int LENGTH = 8;
    private static final byte[] NOBODY = new byte[16];

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final byte[] key;

    CodeKeeper(JdbcClient jdbc, TransactionTemplate transactions, MattersSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.key = KeyFile.open(settings.codeKey(), "the residents' codes", this::anyGiven);
    }

    /** A fresh code with its salt and HMAC; the code itself is nowhere else. */
    public record Fresh(String code, byte[] salt, byte[] hmac) {

        /** As people read it: 4-4. */
        public String shown() {
            return code.substring(0, 4) + "-" + code.substring(4);
        }
    }

    public Fresh fresh() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
        }
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return new Fresh(code.toString(), salt, hmac(salt, code.toString()));
    }

    @Override
    public Optional<Actor.Resident> open(String number, String code) {
        String typed = normal(code);
        record Kept(UUID matter, int party, byte[] salt, byte[] hmac) {
        }
        List<Kept> kept = MatterNumber.parse(number).map(n -> Acting.as(new Actor.Machine("codes"), () -> transactions.execute(_ ->
                jdbc.sql("""
                        select p.matter, p.party, p.code_salt, p.code_hmac
                        from matters.matter m join matters.party p on p.matter = m.id
                        where m.number = ? and p.code_hmac is not null
                        order by p.party limit 40
                        """).param(n.digits()).query((r, _) -> new Kept(r.getObject("matter", UUID.class), r.getInt("party"), r.getBytes("code_salt"),
                        r.getBytes("code_hmac"))).list()))).orElse(List.of());
        // each party has a code of its own; as much is computed for a number that is not known, and none is left out when one fits
        Optional<Actor.Resident> whose = Optional.empty();
        if (kept.isEmpty()) {
            MessageDigest.isEqual(hmac(NOBODY, typed), Digests.NOTHING);
        }
        for (Kept one : kept) {
            if (MessageDigest.isEqual(hmac(one.salt(), typed), one.hmac())) {
                whose = Optional.of(new Actor.Resident(one.matter(), one.party()));
            }
        }
        return whose;
    }

    @Override
    public Optional<byte[]> mark(Actor.Resident whose) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("codes"), () -> transactions.execute(_ ->
                jdbc.sql("select code_hmac from matters.party where matter = ? and party = ? and code_hmac is not null")
                        .param(whose.matter()).param(whose.party()).query(byte[].class).optional()))).map(Digests::of);
    }

    /** Something else that is only compared, under a key of its own that comes of the same file. */
    @Override
    public byte[] keyed(String purpose, String text) {
        return Digests.hmac(Digests.hmac(key, ("heshi:" + purpose).getBytes(StandardCharsets.UTF_8)), text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] hmac(byte[] salt, String code) {
        byte[] message = new byte[salt.length + code.length()];
        System.arraycopy(salt, 0, message, 0, salt.length);
        for (int i = 0; i < code.length(); i++) {
            message[salt.length + i] = (byte) code.charAt(i);
        }
        return Digests.hmac(key, message);
    }

    /** What was typed, in capitals and half width, without what people put between; symbols that look alike are taken for those of the set. */
    static String normal(String typed) {
        StringBuilder out = new StringBuilder(LENGTH);
        for (int i = 0; i < typed.length() && out.length() <= LENGTH; i++) {
            char c = typed.charAt(i);
            if (c >= '！' && c <= '～') {
                c = (char) (c - '！' + '!');
            }
            c = Character.toUpperCase(c);
            if (SYMBOLS.indexOf(c) >= 0) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private boolean anyGiven() {
        return Boolean.TRUE.equals(Acting.as(new Actor.Machine("codes"), () -> transactions.execute(_ ->
                jdbc.sql("select exists (select 1 from matters.party where code_hmac is not null) or exists (select 1 from matters.resident_account)").query(Boolean.class).single())));
    }
}
