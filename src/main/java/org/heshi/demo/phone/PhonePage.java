package org.heshi.demo.phone;

import java.time.Instant;
import java.util.List;

/** What would have been sent, the newest first. @param most how many are kept */
public record PhonePage(List<Message> messages, int most) {

    /** @param telephone else a mailbox */
    public record Message(boolean telephone, String to, Instant at, List<Part> parts) {

        public Message {
            parts = List.copyOf(parts);
        }
    }

    /** @param language tag of the language that this part is in */
    public record Part(String language, String subject, List<Line> lines) {

        public Part {
            lines = List.copyOf(lines);
        }
    }

    /** @param href where the line leads, when it is an address of this program; else empty */
    public record Line(String text, String href) {
    }

    public PhonePage {
        messages = List.copyOf(messages);
    }
}
