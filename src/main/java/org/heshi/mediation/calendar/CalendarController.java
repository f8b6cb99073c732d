package org.heshi.mediation.calendar;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Days of a mediator and of a room, and single sittings as files for calendars. */
@Controller
class CalendarController {

    private static final int WEEK = 7;

    private final Bookings bookings;
    private final Rooms rooms;
    private final MatterRows matters;
    private final Readings readings;
    private final Disputes disputes;
    private final MessageSource messages;
    private final InstantSource clock;

    CalendarController(Bookings bookings, Rooms rooms, MatterRows matters, Readings readings, Disputes disputes, MessageSource messages, InstantSource clock) {
        this.bookings = bookings;
        this.rooms = rooms;
        this.matters = matters;
        this.readings = readings;
        this.disputes = disputes;
        this.messages = messages;
        this.clock = clock;
    }

    private static Actor.Staff staff() {
        return Acting.staffWith(Role.MEDIATOR, Role.HANDLER, Role.HEAD, Role.DISPATCHER, Role.WINDOW_CLERK);
    }

    @GetMapping("/mediation/calendar")
    String calendar(@RequestParam(defaultValue = "") String day, @RequestParam(defaultValue = "week") String span, @RequestParam(defaultValue = "") String room, Model model) {
        Actor.Staff staff = staff();
        LocalDate today = CivilTime.dateOf(clock.instant());
        LocalDate asked = day(day).orElse(today);
        boolean week = !span.equals("day");
        LocalDate first = week ? asked.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : asked;
        int days = week ? WEEK : 1;
        Instant from = CivilTime.startOf(first);
        Instant until = CivilTime.startOf(first.plusDays(days));
        Optional<Rooms.Room> of = Ids.find(room).flatMap(rooms::find);
        List<Bookings.Line> lines = of.map(one -> bookings.ofRoom(one.id(), from, until)).orElseGet(() -> bookings.ofPost(staff.post(), from, until));
        List<Rooms.Room> known = rooms.at(county(staff.held().division()), staff.unit());
        Map<UUID, String> names = known.stream().collect(Collectors.toMap(Rooms.Room::id, Rooms.Room::name, (one, _) -> one));
        Map<UUID, MatterRows.Row> rows = matters.rows(lines.stream().map(Bookings.Line::matter).distinct().toList()).stream()
                .collect(Collectors.toMap(MatterRows.Row::id, row -> row));
        List<CalendarPage.Sitting> sittings = new ArrayList<>(lines.stream().filter(line -> rows.containsKey(line.matter())).map(line -> {
            MatterRows.Row row = rows.get(line.matter());
            String here = "/mediation/sittings/" + row.number().digits() + "/" + line.seq();
            boolean mine = of.isEmpty() && line.from().isAfter(clock.instant()) && staff.has(Role.MEDIATOR);
            return new CalendarPage.Sitting(line.from(), line.until(), row.number().shown(), "/matters/" + row.number().digits(), row.title(),
                    line.room().map(id -> names.computeIfAbsent(id, other -> rooms.find(other).map(Rooms.Room::name).orElse(""))).orElse(""), line.apart(),
                    here + "/sitting.ics", mine ? "/matters/" + row.number().digits() + "/act/" + (line.apart() ? "cancel-talk" : "cancel-sitting") : "");
        }).toList());
        of.ifPresent(one -> bookings.taken(List.of(one.id()), List.of(), from, until, null).stream()
                .filter(taken -> sittings.stream().noneMatch(shown -> shown.from().equals(taken.from()) && shown.until().equals(taken.until())))
                .forEach(taken -> sittings.add(new CalendarPage.Sitting(taken.from(), taken.until(), "", "", "", "", false, "", ""))));
        sittings.sort(Comparator.comparing(CalendarPage.Sitting::from));
        List<CalendarPage.Day> shown = first.datesUntil(first.plusDays(days)).map(one -> new CalendarPage.Day(one, one.equals(today),
                sittings.stream().filter(sitting -> CivilTime.dateOf(sitting.from()).equals(one)).toList())).toList();
        String here = "/mediation/calendar?span=" + (week ? "week" : "day") + of.map(one -> "&room=" + one.id()).orElse("") + "&day=";
        model.addAttribute("page", new CalendarPage(first, first.plusDays(days - 1L), week, of.map(CalendarController::choice), known.stream().map(CalendarController::choice).toList(),
                shown, here + first.minusDays(days), here + first.plusDays(days)));
        return "mediation/calendar/page";
    }

    private static CalendarPage.RoomChoice choice(Rooms.Room room) {
        return new CalendarPage.RoomChoice(room.id().toString(), room.name());
    }

    private static String county(String division) {
        return division.substring(0, Math.min(6, division.length()));
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed);
            return day.getYear() >= 2004 && day.getYear() <= 2200 ? Optional.of(day) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @GetMapping("/mediation/sittings/{number}/{seq}/sitting.ics")
    ResponseEntity<byte[]> forStaff(@PathVariable String number, @PathVariable String seq, Locale locale) {
        staff();
        MatterNumber of = MatterNumber.parse(number).orElseThrow(CalendarController::none);
        return file(matters.find(of).orElseThrow(CalendarController::none), of, seq, locale);
    }

    /** For a party, on the page where they follow the matter. */
    @GetMapping("/follow/{number}/sittings/{seq}/sitting.ics")
    ResponseEntity<byte[]> forResidents(@PathVariable String number, @PathVariable String seq, Locale locale) {
        MatterNumber of = MatterNumber.parse(number).orElseThrow(CalendarController::none);
        UUID matter = matters.find(of).filter(one -> Acting.current() instanceof Actor.Resident resident && resident.matter().equals(one)).orElseThrow(CalendarController::none);
        return file(matter, of, seq, locale);
    }

    private ResponseEntity<byte[]> file(UUID matter, MatterNumber number, String seq, Locale locale) {
        int wanted = seq.matches("[0-9]{1,6}") ? Integer.parseInt(seq) : 0;
        Fixed known = Fixed.of(readings.of(matter)).stream().filter(one -> one.seq() == wanted).findFirst().orElseThrow(CalendarController::none);
        // what was fixed for later goes with a mediation that ends before
        Fixed sitting = disputes.find(matter).flatMap(Dispute::endedAt).filter(end -> !known.cancelled() && end.isBefore(known.from())).map(known::cancelled).orElse(known);
        byte[] file = new SittingFile(number.digits(), wanted, sitting.written(), sitting.from(), sitting.until(), messages.getMessage("mediation.calendar.file.summary",
                new Object[] {number.shown()}, locale), sitting.where(), messages.getMessage("mediation.calendar.file.about", null, locale), sitting.revision(), sitting.cancelled()).bytes();
        return ResponseEntity.ok().contentType(new MediaType("text", "calendar", StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("sitting-" + number.digits() + "-" + wanted + ".ics").build().toString()).body(file);
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no sitting that who asks may know of");
    }
}
