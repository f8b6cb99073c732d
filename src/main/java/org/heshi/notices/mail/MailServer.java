package org.heshi.notices.mail;

import java.util.Properties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The way to the mail server that is set. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailServer {

    private static final String TIMEOUT_MILLIS = "10000";

    @Bean
    JavaMailSender smtp(MailSettings settings) {
        return server(settings);
    }

    static JavaMailSender server(MailSettings settings) {
        JavaMailSenderImpl server = new JavaMailSenderImpl();
        server.setHost(settings.host());
        server.setPort(settings.port());
        server.setDefaultEncoding("UTF-8");
        Properties properties = server.getJavaMailProperties();
        if (!settings.user().isBlank()) {
            server.setUsername(settings.user());
            server.setPassword(settings.password());
            properties.setProperty("mail.smtp.auth", "true");
        }
        switch (settings.tls()) {
            case "tls" -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case "none" -> properties.setProperty("mail.smtp.starttls.enable", "false");
            default -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
        }
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        for (String wait : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail.smtp." + wait, TIMEOUT_MILLIS);
        }
        return server;
    }
}
