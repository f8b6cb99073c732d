package org.heshi.notices.code;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.heshi.matters.CodeCarrier;
import org.heshi.notices.StandIn;
import org.heshi.notices.mail.MailSettings;
import org.heshi.notices.mail.MailWay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Sends codes at once and by no queue: a code is worth ten minutes, and so the address stands nowhere. At most 32 are on their way; more are lost, and
 * whoever asked asks again.
 */
@Component
@EnableConfigurationProperties(SmsSettings.class)
class CodePost implements CodeCarrier {

    private static final Logger LOG = LoggerFactory.getLogger(CodePost.class);
    private static final int AT_ONCE = 32;

    private final SmsSettings sms;
    private final MailSettings mail;
    private final MailWay way;
    private final SmsProvider provider;
    private final JavaMailSender server;
    private final MessageSource words;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    CodePost(SmsSettings sms, MailSettings mail, MailWay way, JavaMailSender server, MessageSource words, InstantSource clock) {
        this.sms = sms;
        this.mail = mail;
        this.way = way;
        this.provider = new TencentSms(sms, clock);
        this.server = server;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public boolean carries(Way where) {
        return way.standIn().isPresent() || switch (where) {
            case SMS -> sms.configured();
            case MAIL -> mail.configured();
        };
    }

    @Override
    public Optional<String> shownAt() {
        return way.standIn().map(StandIn::page);
    }

    @Override
    public boolean carriesLinks(Way where) {
        return way.standIn().isPresent() || switch (where) {
            case SMS -> sms.links();
            case MAIL -> mail.configured();
        };
    }

    @Override
    public void send(Way where, String address, String code, long minutes, Locale language) {
        send(where, address, new Said(sms.template(), List.of(code, Long.toString(minutes)), words.getMessage("notices.code.subject", null, language),
                words.getMessage("notices.code.text", new Object[] {code, minutes}, language)), language);
    }

    @Override
    public void sendLink(Way where, String address, String link, Locale language) {
        send(where, address, new Said(sms.linkTemplate(), List.of(link), words.getMessage("notices.link.subject", null, language),
                words.getMessage("notices.link.text", new Object[] {link}, language)), language);
    }

    /** @param variables of the approved text of an SMS */
    private record Said(String template, List<String> variables, String subject, String text) {
    }

    private void send(Way where, String address, Said said, Locale language) {
        Optional<StandIn> instead = way.standIn();
        if (instead.isPresent()) {
            boolean telephone = where == Way.SMS;
            instead.get().take(new StandIn.Sent(telephone, address, List.of(new StandIn.Words(language, telephone ? "" : said.subject(), said.text())), clock.instant()));
            return;
        }
        if (!places.tryAcquire()) {
            LOG.warn("a code was not sent: {} others are on their way", AT_ONCE);
            return;
        }
        Thread.ofVirtual().name("code").start(() -> {
            try {
                switch (where) {
                    case SMS -> provider.send(address, said.template(), said.variables());
                    case MAIL -> server.send(letter(address, said));
                }
            } catch (IOException e) {
                LOG.error("a code was not sent by SMS: {}", e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            } catch (MailException | MessagingException e) {
                // what servers answer may name the address
                LOG.error("a code was not sent by mail: {}", e.getClass().getSimpleName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
    }

    /** The code stands in the text alone: subjects are shown on locked screens. */
    private MimeMessage letter(String address, Said said) throws MessagingException {
        MimeMessage message = server.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
        helper.setFrom(mail.from());
        helper.setTo(new InternetAddress(address, true));
        helper.setSentDate(Date.from(clock.instant()));
        helper.setSubject(said.subject());
        helper.setText(said.text() + "\n");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }
}
