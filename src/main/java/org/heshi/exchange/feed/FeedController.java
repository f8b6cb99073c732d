package org.heshi.exchange.feed;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalWriter;
import biweekly.property.Classification;
import biweekly.property.RefreshInterval;
import biweekly.util.Duration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.DatedEvents;
import org.heshi.kernel.Flash;
import org.heshi.kernel.FoldedLines;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A person's own page for the feed of a post, and the feed (iCalendar, RFC 5545 and 7986): numbers and kinds, nothing that anybody wrote. */
@Controller
@ConditionalOnWebApplication
class FeedController {

    private static final String HERE = "/account/calendar";
    private static final int BACK = 30;
    private static final int AHEAD = 120;
    private static final int AN_HOUR = 60;
    private static final int BAD_OF_ADDRESS = 30;
    private static final java.time.Duration HOUR = java.time.Duration.ofHours(1);

    private final Feeds feeds;
    private final List<DatedEvents> rooms;
    private final Throttle throttle;
    private final MessageSource words;
    private final InstantSource clock;
    private final String baseUrl;

    FeedController(Feeds feeds, List<DatedEvents> rooms, Throttle throttle, MessageSource words, InstantSource clock, @Value("${heshi.base-url}") String baseUrl) {
        this.feeds = feeds;
        this.rooms = rooms;
        this.throttle = throttle;
        this.words = words;
        this.clock = clock;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @GetMapping(HERE)
    String page(Model model) {
        return show(Optional.empty(), model);
    }

    /** Answered by the page itself, not by a redirect: the address is nowhere else. */
    @PostMapping(HERE)
    String make(@RequestParam(defaultValue = "false") boolean all, HttpServletResponse response, Model model) {
        String address = baseUrl + "/calendar/feed/" + feeds.fresh(Acting.staff(), all) + ".ics";
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return show(Optional.of(address), model);
    }

    @PostMapping(HERE + "/end")
    String end(@RequestParam(defaultValue = "false") boolean all, RedirectAttributes redirect) {
        feeds.end(Acting.staff(), all);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("calendar-feed.ended"));
        return "redirect:" + HERE;
    }

    private String show(Optional<String> address, Model model) {
        Actor.Staff staff = Acting.staff();
        model.addAttribute("page", new FeedPage(staff.held().unitName() + " " + staff.held().title(), feeds.since(staff, false), feeds.since(staff, true), address));
        return "exchange/feed/page";
    }

    @GetMapping("/calendar/feed/{token}.ics")
    ResponseEntity<byte[]> feed(@PathVariable String token, HttpServletRequest request, Locale locale) {
        List<Actor.Staff> whose = feeds.open(token);
        if (whose.isEmpty()) {
            return throttle.tryTake("calendar-feed-bad", ClientAddress.of(request), BAD_OF_ADDRESS, HOUR) ? ResponseEntity.notFound().build() : later();
        }
        if (!throttle.tryTake("calendar-feed", token, AN_HOUR, HOUR)) {
            return later();
        }
        byte[] file = file(whose, locale);
        String tag = tag(file);
        boolean same = Arrays.stream(Optional.ofNullable(request.getHeader(HttpHeaders.IF_NONE_MATCH)).orElse("").split(",")).map(one -> one.strip().replaceFirst("^W/", ""))
                .anyMatch(tag::equals);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(same ? 304 : 200).eTag(tag).cacheControl(CacheControl.noCache().cachePrivate());
        return same ? answer.build() : answer.contentType(new MediaType("text", "calendar", StandardCharsets.UTF_8)).body(file);
    }

    private static ResponseEntity<byte[]> later() {
        return ResponseEntity.status(429).header(HttpHeaders.RETRY_AFTER, "3600").build();
    }

    private byte[] file(List<Actor.Staff> whose, Locale locale) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        Instant from = CivilTime.startOf(today.minusDays(BACK));
        Instant until = CivilTime.startOf(today.plusDays(AHEAD));
        ICalendar calendar = new ICalendar();
        calendar.setProductId("-//Heshi//Calendar//ZH");
        calendar.setName(words.getMessage("calendar-feed.name", new Object[] {whose.stream().map(one -> one.held().unitName()).distinct().collect(Collectors.joining(" "))}, locale));
        calendar.setRefreshInterval(new RefreshInterval(Duration.builder().hours(1).build()));
        calendar.addExperimentalProperty("X-PUBLISHED-TTL", "PT1H");
        // in each post what that post sees; what two of them see is one date
        Map<String, DatedEvents.Event> events = new TreeMap<>();
        whose.forEach(post -> Acting.run(post, () -> rooms.forEach(room -> room.between(from, until).forEach(event -> events.putIfAbsent(event.id(), event)))));
        events.values().stream().sorted(Comparator.comparing(DatedEvents.Event::from).thenComparing(DatedEvents.Event::id))
                .map(event -> event(event, today, locale)).forEach(calendar::addEvent);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ICalWriter writer = new ICalWriter(out, ICalVersion.V2_0)) {
            writer.getVObjectWriter().getFoldedLineWriter().setLineLength(null);
            writer.write(calendar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FoldedLines.of(out.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private VEvent event(DatedEvents.Event event, LocalDate today, Locale locale) {
        VEvent one = new VEvent();
        one.setUid(event.id() + "@heshi");
        // the same all day, so that what did not change has the same tag
        one.setDateTimeStamp(Date.from(CivilTime.startOf(today)));
        if (event.days()) {
            one.setDateStart(date(CivilTime.dateOf(event.from())), false);
            one.setDateEnd(date(CivilTime.dateOf(event.until())), false);
        } else {
            one.setDateStart(Date.from(event.from()), true);
            one.setDateEnd(Date.from(event.until()), true);
        }
        one.setSummary(event.title().in(locale));
        one.setUrl(baseUrl + event.path());
        one.setClassification(Classification.private_());
        return one;
    }

    private static biweekly.util.ICalDate date(LocalDate day) {
        return new biweekly.util.ICalDate(new biweekly.util.DateTimeComponents(day.getYear(), day.getMonthValue(), day.getDayOfMonth()), false);
    }

    private static String tag(byte[] file) {
        try {
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(file), 15)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
