package org.heshi.identity.command;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Addresses that somebody opens in a browser. */
@Component
class Links {

    private final String base;

    Links(@Value("${heshi.base-url:}") String base, @Value("${heshi.port:8080}") int port) {
        this.base = base.isBlank() ? "http://127.0.0.1:" + port : base.replaceFirst("/+$", "");
    }

    String to(String secret) {
        return base + "/first/" + secret;
    }

    String toBind(String secret) {
        return base + "/bind/" + secret;
    }
}
