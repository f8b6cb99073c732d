package org.heshi.notices.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterSeal;
import org.heshi.notices.StandIn;
import org.jspecify.annotations.Nullable;
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

/**
 * Sends the mails that are due, each in a transaction that holds its row, so that many processes may do it. A mail says that there is news of a
 * number and where to read it; it holds nothing of the matter, no code and no name, because mail is read by others on its way.
 */
@Component
class Outbox {

    private static final Actor.Machine SENDER = new Actor.Machine("notices");
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final MailSettings settings;
    private final MailWay way;
    private final JavaMailSender server;
    private final MessageSource words;
    private final String baseUrl;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final MatterSeal seal;

    Outbox(MailSettings settings, MailWay way, JavaMailSender server, MessageSource words, @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl,
            JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, MatterSeal seal) {
        this.seal = seal;
        this.settings = settings;
        this.way = way;
        this.server = server;
        this.words = words;
        this.baseUrl = baseUrl;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Letter(UUID id, String recipient, String about, MatterNumber number, String address, int attempts) {
    }

    /** Sends what is due until nothing is, or until one fails: then the server may be down, and the others wait for the next round. */
    int sendDue() {
        int sent = 0;
        while (Boolean.TRUE.equals(Acting.as(SENDER, () -> transactions.execute(_ -> sendOne())))) {
            sent++;
        }
        return sent;
    }

    private boolean sendOne() {
        Instant now = clock.instant();
        Optional<Letter> due = jdbc.sql("""
                select id, recipient, about, number, address, attempts from notices.mail
                where sent_at is null and dead_at is null and due_at <= ?
                order by due_at limit 1
                for update skip locked
                """).param(now.atOffset(ZoneOffset.UTC)).query((r, _) -> new Letter(r.getObject("id", UUID.class), r.getString("recipient"), r.getString("about"),
                new MatterNumber(r.getString("number")), r.getString("address"), r.getInt("attempts"))).optional();
        if (due.isEmpty()) {
            return false;
        }
        Letter letter = due.get();
        Optional<String> address = letter.recipient().equals("reporter") && letter.address().indexOf('@') < 0
                ? seal.open(MailSettings.reporterOf(letter.number()), letter.address()) : Optional.of(letter.address());
        if (address.isEmpty()) {
            give(letter, now, Optional.empty(), "the matter was erased");
            return true;
        }
        try {
            send(letter, address.get(), now);
        } catch (AddressException e) {
            give(letter, now, Optional.empty(), "the address cannot be read");
            return true;
        } catch (MailException | MessagingException e) {
            Optional<Instant> again = Backoff.after(letter.attempts() + 1).map(now::plus);
            // What servers answer may name the address, which is to be forgotten: only the kind of failure is kept.
            String failure = reason(e);
            LOG.warn("mail {} was not sent (attempt {}, {}): {}", letter.id(), letter.attempts() + 1, again.isPresent() ? "again later" : "given up", failure);
            give(letter, now, again, failure);
            return false;
        }
        jdbc.sql("update notices.mail set sent_at = ?, address = null, attempts = attempts + 1, failure = null where id = ?")
                .param(now.atOffset(ZoneOffset.UTC)).param(letter.id()).update();
        return true;
    }

    private void give(Letter letter, Instant now, Optional<Instant> again, String failure) {
        if (again.isPresent()) {
            jdbc.sql("update notices.mail set attempts = attempts + 1, due_at = ?, failure = ? where id = ?")
                    .param(again.get().atOffset(ZoneOffset.UTC)).param(failure).param(letter.id()).update();
        } else {
            jdbc.sql("update notices.mail set attempts = attempts + 1, dead_at = ?, address = null, failure = ? where id = ?")
                    .param(now.atOffset(ZoneOffset.UTC)).param(failure).param(letter.id()).update();
        }
    }

    private static String reason(Throwable failure) {
        StringBuilder kinds = new StringBuilder(failure.getClass().getSimpleName());
        for (@Nullable Throwable cause = failure.getCause(); cause != null && kinds.length() < 200; cause = cause.getCause()) {
            kinds.append(" < ").append(cause.getClass().getSimpleName());
        }
        return kinds.toString();
    }

    private void send(Letter letter, String address, Instant now) throws MessagingException {
        List<StandIn.Words> said = List.of(words(letter, Locale.SIMPLIFIED_CHINESE), words(letter, Locale.ENGLISH));
        Optional<StandIn> instead = way.standIn();
        if (instead.isPresent()) {
            instead.get().take(new StandIn.Sent(false, address, said, now));
        } else {
            server.send(message(letter, address, said.getFirst(), said.getLast(), now));
        }
    }

    private StandIn.Words words(Letter letter, Locale language) {
        boolean reporter = letter.recipient().equals("reporter");
        String link = baseUrl + (reporter ? "/follow/" : "/matters/") + letter.number().digits();
        String key = reporter ? "notices.mail.reporter" : letter.about().startsWith("limit-") ? "notices.mail.limit" : "notices.mail.staff";
        String number = letter.number().shown();
        return new StandIn.Words(language, said(key + ".subject", language, number), said(key + ".text", language, number, link));
    }

    private MimeMessage message(Letter letter, String address, StandIn.Words first, StandIn.Words second, Instant now) throws MessagingException {
        MimeMessage message = server.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
        helper.setFrom(settings.from());
        helper.setTo(new InternetAddress(address, true));
        helper.setSentDate(Date.from(now));
        helper.setSubject(first.subject() + " / " + second.subject());
        helper.setText(first.text() + "\n\n----\n\n" + second.text() + "\n");
        message.setHeader("Message-ID", "<" + letter.id() + "@heshi>");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private String said(String key, Locale locale, Object... arguments) {
        return words.getMessage(key, arguments, locale);
    }
}
