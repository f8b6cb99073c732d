package org.heshi.notices.mail;

import org.heshi.kernel.MatterNumber;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server ({@code HESHI_SMTP_HOST} and so on). Without a host no mail is written and none is kept for later.
 *
 * @param tls  {@code starttls} (demanded), {@code tls} from the first byte, or {@code none}
 * @param from sender of the mails
 */
@ConfigurationProperties("heshi.smtp")
public record MailSettings(@DefaultValue("") String host, @DefaultValue("587") int port, @DefaultValue("") String user,
        @DefaultValue("") String password, @DefaultValue("starttls") String tls, @DefaultValue("") String from) {

    /** Where a reporter's address is sealed for. */
    public static String reporterOf(MatterNumber number) {
        return "notices.mail/" + number.digits();
    }

    public boolean configured() {
        return !host.isBlank();
    }

    @Override
    public String toString() {
        return "MailSettings[host=" + host + ", port=" + port + "]";
    }
}
