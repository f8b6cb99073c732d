package org.heshi.mediation.roster;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.mediation.calendar.Rooms;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Keeps the roster: an administrator on their ground, a head for their own committee. */
@Component
class RosterKeeping {

    private static final int MOST = 500;
    private static final int TERM_YEARS = 3;

    private final Mediators mediators;
    private final Rooms rooms;
    private final Directory directory;
    private final InstantSource clock;

    RosterKeeping(Mediators mediators, Rooms rooms, Directory directory, InstantSource clock) {
        this.mediators = mediators;
        this.rooms = rooms;
        this.directory = directory;
        this.clock = clock;
    }

    static boolean may(Actor actor, Unit unit) {
        return actor instanceof Actor.Staff staff && (staff.has(Role.ADMINISTRATOR) && unit.division().startsWith(staff.held().division())
                || staff.has(Role.HEAD) && staff.unit().equals(unit.id()));
    }

    /** The unit, if who acts keeps its roster. */
    Unit kept(UUID unit) {
        Actor.Staff staff = Acting.staffWith(Role.ADMINISTRATOR, Role.HEAD);
        Unit found = directory.findUnit(unit).orElseThrow(() -> new NoSuchElementException("no such unit"));
        if (!may(staff, found)) {
            throw new AccessDeniedException("this post does not keep the roster of " + unit);
        }
        return found;
    }

    /** The post, if it mediates and who acts keeps its roster. */
    Post post(UUID post) {
        Acting.staffWith(Role.ADMINISTRATOR, Role.HEAD);
        Post found = Optional.ofNullable(directory.posts(List.of(post)).get(post)).filter(one -> one.roles().contains(Role.MEDIATOR))
                .orElseThrow(() -> new NoSuchElementException("no such mediator's post"));
        kept(found.unit());
        return found;
    }

    List<Refusal> keep(Post post, MediatorForm form) {
        List<Refusal> refusals = new ArrayList<>();
        if (!Skills.STANDINGS.contains(form.standing())) {
            refusals.add(Refusal.at("standing", "not-an-option"));
        }
        if (!Skills.TYPES.containsAll(form.skills())) {
            refusals.add(Refusal.at("skills", "not-an-option"));
        }
        List<String> languages = Stream.of(Words.line(form.languages()).split("[,，、;；/ ]+")).filter(word -> !word.isEmpty()).distinct().toList();
        if (languages.size() > 8 || languages.stream().anyMatch(language -> Words.length(language) > 20 || !language.matches("[\\p{L}\\p{M}·（）()-]+"))) {
            refusals.add(Refusal.at("languages", "mediation-roster-languages"));
        }
        Optional<Integer> most = number(form.most(), MOST);
        if (most.isEmpty()) {
            refusals.add(Refusal.at("most", "mediation-roster-most", MOST));
        }
        Optional<LocalDate> from = day("termFrom", form.termFrom(), refusals);
        Optional<LocalDate> to = day("termTo", form.termTo(), refusals);
        if (from.isPresent() != to.isPresent() || from.isPresent() && (!to.get().isAfter(from.get()) || to.get().isAfter(from.get().plusYears(TERM_YEARS)))) {
            refusals.add(Refusal.at("termTo", "mediation-roster-term"));
        }
        if (refusals.isEmpty() && !mediators.keep(new Entry(post.id(), post.unit(), post.division(), form.standing(), form.woman().equals("true"),
                Skills.TYPES.stream().filter(form.skills()::contains).toList(), languages, most.orElseThrow(), from, to, form.listed().equals("true"),
                form.works().equals("true")))) {
            refusals.add(Refusal.at("standing", "mediation-roster-director"));
        }
        return refusals;
    }

    List<Refusal> keep(Unit unit, BodyForm form) {
        List<Refusal> refusals = new ArrayList<>();
        if (!Skills.SORTS.contains(form.sort())) {
            refusals.add(Refusal.at("sort", "not-an-option"));
        }
        if (!form.field().isEmpty() && !Skills.FIELDS.contains(form.field())) {
            refusals.add(Refusal.at("field", "not-an-option"));
        } else if (form.sort().equals("trade") && form.field().isEmpty()) {
            refusals.add(Refusal.at("field", "mediation-roster-field"));
        }
        String intro = words("intro", Words.clean(form.intro()), 1000, refusals);
        String address = words("address", Words.line(form.address()), 120, refusals);
        String phone = words("phone", Words.line(form.phone()), 40, refusals);
        if (refusals.isEmpty()) {
            mediators.keep(new Body(unit.id(), unit.division(), form.sort(), form.field(), intro, address, phone, form.listed().equals("true")));
        }
        return refusals;
    }

    List<Refusal> train(Post post, TrainingForm form) {
        List<Refusal> refusals = new ArrayList<>();
        Optional<LocalDate> day = day("day", form.day(), refusals);
        if (form.day().isBlank()) {
            refusals.add(Refusal.at("day", "required"));
        } else if (day.filter(one -> one.isAfter(CivilTime.dateOf(clock.instant()))).isPresent()) {
            refusals.add(Refusal.at("day", "in-the-future"));
        }
        Optional<BigDecimal> hours = form.hours().strip().matches("[0-9]{1,3}(\\.[05])?") ? Optional.of(new BigDecimal(form.hours().strip())) : Optional.empty();
        if (hours.filter(many -> many.signum() > 0 && many.intValue() <= 400).isEmpty()) {
            refusals.add(Refusal.at("hours", "mediation-roster-hours"));
        }
        String subject = words("subject", Words.line(form.subject()), 100, refusals);
        if (subject.isEmpty()) {
            refusals.add(Refusal.at("subject", "required"));
        }
        Optional<HeldPost> holder = Optional.ofNullable(mediators.holders(List.of(post.id())).get(post.id()));
        if (mediators.find(post.id()).isEmpty() || holder.isEmpty()) {
            refusals.add(Refusal.of("mediation-roster-nobody"));
        }
        if (refusals.isEmpty()) {
            mediators.trained(post.id(), holder.orElseThrow().person(), new MediatorPage.Training(day.orElseThrow(), hours.orElseThrow(), subject));
        }
        return refusals;
    }

    List<Refusal> add(Unit unit, RoomForm form) {
        List<Refusal> refusals = new ArrayList<>();
        String name = words("name", Words.line(form.name()), 60, refusals);
        if (name.isEmpty()) {
            refusals.add(Refusal.at("name", "required"));
        }
        String place = words("place", Words.line(form.place()), 120, refusals);
        Optional<Integer> seats = form.seats().isBlank() ? Optional.of(0) : number(form.seats(), 1000);
        if (seats.isEmpty()) {
            refusals.add(Refusal.at("seats", "not-a-number"));
        }
        if (refusals.isEmpty() && rooms.add(unit.id(), unit.division(), name, place, seats.orElseThrow()).isEmpty()) {
            refusals.add(Refusal.at("name", "mediation-roster-room"));
        }
        return refusals;
    }

    /** @throws NoSuchElementException when there is no such room */
    UUID end(UUID room) {
        Acting.staffWith(Role.ADMINISTRATOR, Role.HEAD);
        Rooms.Room found = rooms.find(room).orElseThrow(() -> new NoSuchElementException("no such room"));
        kept(found.unit());
        rooms.end(room);
        return found.unit();
    }

    private static String words(String field, String words, int most, List<Refusal> refusals) {
        if (Words.length(words) > most) {
            refusals.add(Refusal.at(field, "too-long", most, Words.length(words)));
        }
        return words;
    }

    private static Optional<Integer> number(String typed, int most) {
        String digits = typed.strip();
        return digits.matches("[0-9]{1,4}") && Integer.parseInt(digits) <= most ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    private static Optional<LocalDate> day(String field, String typed, List<Refusal> refusals) {
        if (typed.isBlank()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            if (day.getYear() >= 1950 && day.getYear() <= 2200) {
                return Optional.of(day);
            }
        } catch (DateTimeException e) {
            // refused below
        }
        refusals.add(Refusal.at(field, "not-a-date"));
        return Optional.empty();
    }
}
