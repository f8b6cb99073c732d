package org.heshi.notices.mail;

import java.time.Duration;
import org.heshi.kernel.Repeating;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Goes to the outbox every few seconds while the program serves, when there is a mail server or a stand-in for one. */
@Configuration(proxyBeanMethods = false)
class Postman {

    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    @Bean
    Repeating mailThatIsDue(MailWay way, Outbox outbox) {
        return new Repeating("postman", () -> {
            if (way.open()) {
                outbox.sendDue();
            }
            return ROUND;
        }, e -> {
            LOG.error("the outbox failed and is tried again", e);
            return AFTER_FAILURE;
        });
    }
}
