package org.heshi.demo.phone;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.heshi.demo.county.DemoCounty;
import org.heshi.directory.Directory;
import org.heshi.notices.StandIn;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Keeps the last messages in memory, and only where the county is the demo's own: in one that somebody made, codes are shown to nobody. */
@Component
@ConditionalOnWebApplication
@Conditional(NothingSends.class)
class DemoPhone implements StandIn {

    static final String PAGE = "/demo/phone";
    static final int MOST = 60;

    private final Directory directory;
    private final String baseUrl;
    private final Deque<Sent> messages = new ArrayDeque<>();
    private volatile boolean ours;

    DemoPhone(Directory directory, @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.directory = directory;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void look() {
        ours = DemoCounty.isIn(directory);
    }

    @Override
    public boolean takes() {
        return ours;
    }

    @Override
    public String page() {
        return PAGE;
    }

    @Override
    public synchronized void take(Sent sent) {
        messages.addFirst(sent);
        if (messages.size() > MOST) {
            // the offices' many mails push nobody's code off the page: what goes is the oldest of whoever has most
            Map<String, Long> many = messages.stream().collect(Collectors.groupingBy(Sent::to, Collectors.counting()));
            String most = Collections.max(many.entrySet(), Map.Entry.comparingByValue()).getKey();
            for (Iterator<Sent> oldest = messages.descendingIterator(); oldest.hasNext();) {
                if (oldest.next().to().equals(most)) {
                    oldest.remove();
                    return;
                }
            }
        }
    }

    /** Where a browser finds it. */
    String address() {
        return baseUrl + PAGE;
    }

    /** The page of this program to which a line of a message leads; empty when it is other text. */
    String href(String line) {
        return line.startsWith(baseUrl + "/") ? line.substring(baseUrl.length()) : "";
    }

    /** The newest first. */
    synchronized List<Sent> messages() {
        return List.copyOf(messages);
    }
}
