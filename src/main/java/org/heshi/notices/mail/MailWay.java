package org.heshi.notices.mail;

import java.util.Optional;
import org.heshi.notices.StandIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Whether what is written gets anywhere: to the mail server that is set or, where nothing at all is set that reaches people, to a stand-in. */
@Component
public class MailWay {

    private final MailSettings settings;
    private final boolean sms;
    private final ObjectProvider<StandIn> standIns;

    MailWay(MailSettings settings, @Value("${heshi.sms.url:}") String sms, ObjectProvider<StandIn> standIns) {
        this.settings = settings;
        this.sms = !sms.isBlank();
        this.standIns = standIns;
    }

    /** Whether mails are written at all. */
    public boolean open() {
        return settings.configured() || standIn().isPresent();
    }

    /** Who takes codes and mails instead; nobody as soon as anything real is set. */
    public Optional<StandIn> standIn() {
        return settings.configured() || sms ? Optional.empty() : Optional.ofNullable(standIns.getIfAvailable()).filter(StandIn::takes);
    }
}
