package org.heshi.exchange.webhook;

import java.util.List;

/** An address as it was typed. @param client id of the program @param events types of events, or {@code order.result} alone */
public record WebhookForm(String client, String url, List<String> events, boolean unit) {

    public WebhookForm {
        events = List.copyOf(events);
    }
}
