package org.heshi.demo.phone;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The demo is on, only this machine can ask it and is led to it, and nothing is set that reaches anybody. Whatever else is set, there is no page of codes. */
final class NothingSends implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return in(context.getEnvironment());
    }

    static boolean in(Environment settings) {
        return settings.getProperty("heshi.demo", "").equals("true") && loopback(settings.getProperty("server.address", ""))
                && here(settings.getProperty("heshi.base-url", ""))
                && Stream.of("heshi.smtp.host", "heshi.sms.url", "spring.mail.host").allMatch(real -> settings.getProperty(real, "").isBlank());
    }

    /** Links that lead elsewhere mean that others reach the program, as through a proxy on this machine. */
    private static boolean here(String baseUrl) {
        try {
            return baseUrl.isBlank() || loopback(Objects.requireNonNullElse(URI.create(baseUrl.strip()).getHost(), ""));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean loopback(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
