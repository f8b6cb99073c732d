package org.heshi.proof.head;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends each head to those outside the house who keep it. What they hold nobody here can change. */
@Component
class Witnesses {

    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
    private static final Actor.Machine SENDER = new Actor.Machine("proof");
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JavaMailSender server;
    private final MessageSource words;
    private final InstantSource clock;
    private final boolean mail;
    private final String from;
    /** Addresses by their digest. */
    private final Map<String, String> addresses;

    Witnesses(JdbcClient jdbc, TransactionTemplate transactions, JavaMailSender server, MessageSource words, InstantSource clock, ProofSettings settings,
            @Value("${heshi.smtp.host:}") String host, @Value("${heshi.smtp.from:}") String from) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.server = server;
        this.words = words;
        this.clock = clock;
        this.mail = !host.isBlank();
        this.from = from;
        this.addresses = settings.witnesses().stream().collect(Collectors.toMap(address -> HexFormat.of().formatHex(digest(address)), Function.identity(),
                (one, _) -> one));
    }

    /** Whether heads are sent to anybody. */
    boolean any() {
        return mail && !addresses.isEmpty();
    }

    /** To be sent with the commit of the head. */
    void queue(Instant head) {
        if (any()) {
            addresses.values().forEach(address -> jdbc.sql("insert into proof.sent (at, witness, attempts, due_at) values (?, ?, 0, ?)")
                    .param(head.atOffset(ZoneOffset.UTC)).param(digest(address)).param(head.atOffset(ZoneOffset.UTC)).update());
        }
    }

    private record Letter(OffsetDateTime at, byte[] witness, int attempts, String note) {
    }

    /** Sends what is due, one after another, until one fails. @return how many were sent */
    int sendDue() {
        int sent = 0;
        while (any() && Boolean.TRUE.equals(Acting.as(SENDER, () -> transactions.execute(_ -> sendOne())))) {
            sent++;
        }
        return sent;
    }

    private boolean sendOne() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        Optional<Letter> due = jdbc.sql("""
                select s.at, s.witness, s.attempts, h.note from proof.sent s join proof.head h on h.at = s.at
                where s.sent_at is null and s.due_at <= ? order by s.due_at limit 1 for update of s skip locked
                """).param(now).query((r, _) -> new Letter(r.getObject("at", OffsetDateTime.class), r.getBytes("witness"), r.getInt("attempts"),
                r.getString("note"))).optional();
        if (due.isEmpty()) {
            return false;
        }
        Letter letter = due.get();
        String address = addresses.get(HexFormat.of().formatHex(letter.witness()));
        if (address == null) {
            // taken out of the settings since
            jdbc.sql("delete from proof.sent where at = ? and witness = ?").param(letter.at()).param(letter.witness()).update();
            return true;
        }
        try {
            server.send(message(address, letter));
        } catch (MailException | MessagingException e) {
            Duration pause = Duration.ofMinutes(1L << Math.min(letter.attempts(), 9));
            LOG.warn("the head of {} was not sent to a witness (attempt {}): {}", letter.at(), letter.attempts() + 1, e.getClass().getSimpleName());
            jdbc.sql("update proof.sent set attempts = attempts + 1, due_at = ?, failure = ? where at = ? and witness = ?")
                    .param(now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)).param(e.getClass().getSimpleName()).param(letter.at())
                    .param(letter.witness()).update();
            return false;
        }
        jdbc.sql("update proof.sent set attempts = attempts + 1, sent_at = ?, failure = null where at = ? and witness = ?").param(now).param(letter.at())
                .param(letter.witness()).update();
        return true;
    }

    private MimeMessage message(String address, Letter letter) throws MessagingException {
        MimeMessage message = server.createMimeMessage();
        MimeMessageHelper mail = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
        mail.setTo(address);
        mail.setFrom(from.isBlank() ? "heshi@localhost" : from);
        mail.setSubject(said("proof.mail.subject", Locale.SIMPLIFIED_CHINESE, Heads.parsed(letter.note()).head().size()));
        mail.setText(said("proof.mail.text", Locale.SIMPLIFIED_CHINESE) + "\n\n" + said("proof.mail.text", Locale.ENGLISH) + "\n\n" + letter.note());
        return message;
    }

    private String said(String key, Locale locale, Object... args) {
        return words.getMessage(key, args, locale);
    }

    private static byte[] digest(String address) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
