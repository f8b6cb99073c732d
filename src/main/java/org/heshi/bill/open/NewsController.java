package org.heshi.bill.open;

import com.rometools.rome.feed.synd.SyndContentImpl;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndEntryImpl;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndFeedImpl;
import com.rometools.rome.feed.synd.SyndPersonImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.heshi.bill.answers.Answers;
import org.heshi.bill.edition.Edition;
import org.heshi.bill.edition.Editions;
import org.heshi.bill.page.Fresh;
import org.heshi.divisions.Divisions;
import org.heshi.matters.MattersSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.context.request.WebRequest;

/** New editions and answers for feed readers. */
@Controller
class NewsController {

    private static final int NEWEST = 50;

    private final Editions editions;
    private final Answers answers;
    private final Divisions divisions;
    private final MattersSettings county;
    private final MessageSource messages;
    private final String base;

    NewsController(Editions editions, Answers answers, Divisions divisions, MattersSettings county, MessageSource messages, @Value("${heshi.base-url:http://127.0.0.1:8080}") String base) {
        this.editions = editions;
        this.answers = answers;
        this.divisions = divisions;
        this.county = county;
        this.messages = messages;
        this.base = base;
    }

    @GetMapping("/bill/feed.atom")
    @Nullable ResponseEntity<byte[]> atom(WebRequest request, HttpServletResponse response) throws FeedException {
        return feed("atom_1.0", new MediaType("application", "atom+xml", StandardCharsets.UTF_8), "/bill/feed.atom", request, response);
    }

    @GetMapping("/bill/feed.rss")
    @Nullable ResponseEntity<byte[]> rss(WebRequest request, HttpServletResponse response) throws FeedException {
        return feed("rss_2.0", new MediaType("application", "rss+xml", StandardCharsets.UTF_8), "/bill/feed.rss", request, response);
    }

    private @Nullable ResponseEntity<byte[]> feed(String type, MediaType media, String self, WebRequest request, HttpServletResponse response) throws FeedException {
        List<Edition.Heading> list = editions.list();
        Instant released = list.isEmpty() ? Instant.EPOCH : list.getFirst().releasedAt();
        Instant changed = answers.changed().isAfter(released) ? answers.changed() : released;
        if (Fresh.file(request, response, type + "-" + list.size() + "-" + changed.toEpochMilli(), changed)) {
            return null;
        }
        String name = said("bill.data.name", divisions.fullName(county.county()));
        SyndFeed feed = new SyndFeedImpl();
        feed.setFeedType(type);
        feed.setEncoding("UTF-8");
        feed.setUri(base + self);
        feed.setTitle(name);
        feed.setDescription(said("bill.data.about"));
        feed.setLink(base + "/bill");
        feed.setLanguage("zh-CN");
        SyndPersonImpl author = new SyndPersonImpl();
        author.setName(said("bill.data.source", divisions.fullName(county.county())));
        feed.setAuthors(List.of(author));
        feed.setPublishedDate(Date.from(changed));
        List<SyndEntry> entries = new ArrayList<>();
        list.stream().limit(NEWEST).forEach(one -> entries.add(entry("urn:uuid:" + one.id(), said("bill.feed.edition", one.number(), one.month().toString()), "/bill/editions/" + one.number(),
                one.recounted().isEmpty() ? said("bill.feed.edition.text", one.month().toString()) : said("bill.feed.edition.recounted", one.month().toString(),
                        String.join("、", one.recounted().stream().map(Object::toString).toList())), one.releasedAt())));
        answers.published("", NEWEST).rows().forEach(one -> entries.add(entry("urn:uuid:" + one.id(), one.title(), "/bill/answers/" + one.id(), one.question() + "\n\n" + one.answer(), one.at())));
        entries.sort(Comparator.comparing(SyndEntry::getPublishedDate).reversed());
        feed.setEntries(entries);
        return ResponseEntity.ok().contentType(media).body(new SyndFeedOutput().outputString(feed).getBytes(StandardCharsets.UTF_8));
    }

    private SyndEntry entry(String id, String title, String path, String text, Instant at) {
        SyndEntry entry = new SyndEntryImpl();
        entry.setUri(id);
        entry.setTitle(title);
        entry.setLink(base + path);
        entry.setPublishedDate(Date.from(at));
        entry.setUpdatedDate(Date.from(at));
        SyndContentImpl content = new SyndContentImpl();
        content.setType("text/plain");
        content.setValue(text);
        entry.setDescription(content);
        return entry;
    }

    private String said(String key, Object... arguments) {
        return messages.getMessage(key, arguments, Locale.SIMPLIFIED_CHINESE);
    }
}
