package org.heshi.matters.act;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CreditCode;
import org.heshi.kernel.IdentityNumber;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Clause;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedures;
import org.springframework.stereotype.Component;

/** Reads what was typed by the fields of an action and collects every reason against it. Takes nothing decisive from the form but these fields. */
@Component
class TypedReader {

    private static final int LINE = 200;
    private static final int TEXT = 10_000;
    private static final int NAME = 60;

    private final Divisions divisions;
    private final Directory directory;
    private final Categories categories;
    private final Procedures procedures;
    private final MattersSettings settings;
    private final InstantSource clock;

    TypedReader(Divisions divisions, Directory directory, Categories categories, Procedures procedures, MattersSettings settings,
            InstantSource clock) {
        this.divisions = divisions;
        this.directory = directory;
        this.categories = categories;
        this.procedures = procedures;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param outcomes codes that may be chosen
     * @param matters  finds a matter that the actor may see
     * @param parties  numbers of those whom the matter concerns
     * @param offered  whether a value of a list is offered to the actor
     */
    Typed read(Action action, Map<String, Object> input, List<String> outcomes, Function<MatterNumber, Optional<UUID>> matters, Set<Integer> parties,
            BiPredicate<Field, String> offered) {
        Reading reading = new Reading(outcomes, matters, parties, offered);
        for (String name : input.keySet()) {
            if (action.findField(name).isEmpty()) {
                reading.refusals.add(Refusal.at(name, "unknown-field", name));
            }
        }
        for (Field field : action.fields()) {
            reading.read(field.asked(input), input.get(field.name()));
        }
        return new Typed(reading.data, reading.words, reading.sets, reading.refusals);
    }

    private final class Reading {

        private final Map<String, Object> data = new LinkedHashMap<>();
        private final List<Typed.Words> words = new ArrayList<>();
        private final Map<Target, Object> sets = new EnumMap<>(Target.class);
        private final List<Refusal> refusals = new ArrayList<>();
        private final List<String> outcomes;
        private final Function<MatterNumber, Optional<UUID>> matters;
        private final Set<Integer> parties;
        private final BiPredicate<Field, String> offered;

        Reading(List<String> outcomes, Function<MatterNumber, Optional<UUID>> matters, Set<Integer> parties, BiPredicate<Field, String> offered) {
            this.parties = parties;
            this.offered = offered;
            this.outcomes = outcomes;
            this.matters = matters;
        }

        void read(Field field, Object value) {
            if (field.type() == Type.FILES) {
                files(field, value);
                return;
            }
            if (field.type() == Type.UNITS) {
                units(field, value);
                return;
            }
            if (field.type() == Type.PARTIES) {
                parties(field, value);
                return;
            }
            if (field.type() == Type.CLAUSES) {
                clauses(field, value);
                return;
            }
            String typed = switch (value) {
                case null -> "";
                case String s -> s;
                case List<?> list when list.isEmpty() -> "";
                case List<?> list when list.size() == 1 && list.getFirst() instanceof String s -> s;
                default -> {
                    refusals.add(Refusal.at(field.name(), "one-value"));
                    yield "";
                }
            };
            String cleaned = field.type() == Type.TEXT ? Words.clean(typed) : Words.line(typed);
            if (cleaned.isEmpty()) {
                if (field.required()) {
                    refusals.add(Refusal.at(field.name(), "required"));
                }
                return;
            }
            switch (field.type()) {
                case LINE -> words(field, cleaned, LINE, "words");
                case TEXT -> words(field, cleaned, TEXT, "words");
                case NAME -> words(field, cleaned, NAME, "contact");
                case ADDRESS -> words(field, cleaned, LINE, "contact");
                case DETAIL -> words(field, cleaned, LINE, "contact");
                case IDENTITY -> identity(field, cleaned);
                case AMOUNT -> amount(field, cleaned).ifPresent(amount -> put(field, amount.figures(), amount));
                case SUM -> amount(field, cleaned).ifPresent(sum -> words.add(new Typed.Words(field.name(), 0, Optional.empty(), "words", sum.figures())));
                case PICK -> {
                    if (cleaned.matches("[A-Za-z0-9-]{1,40}") && offered.test(field, cleaned)) {
                        put(field, cleaned, cleaned);
                    } else {
                        refuse(field, "not-an-option");
                    }
                }
                case PHONE -> phone(field, cleaned);
                case EMAIL -> email(field, cleaned);
                case CHOICE -> {
                    if (field.options().containsKey(cleaned)) {
                        put(field, cleaned, cleaned);
                    } else {
                        refuse(field, "not-an-option");
                    }
                }
                case BOOLEAN -> {
                    boolean yes = List.of("true", "on", "yes", "1").contains(cleaned);
                    if (yes || List.of("false", "off", "no", "0").contains(cleaned)) {
                        if (!yes && field.required()) {
                            refuse(field, "must-confirm");
                        } else {
                            put(field, yes, yes);
                        }
                    } else {
                        refuse(field, "not-an-option");
                    }
                }
                case NUMBER -> number(field, cleaned, field.max() > 0 ? field.max() : 1_000_000_000);
                case RATING -> rating(field, cleaned);
                case DATE -> date(field, cleaned);
                case TIME -> time(field, cleaned);
                case DIVISION -> {
                    if (cleaned.matches("[0-9]{2,17}") && divisions.stands(cleaned)) {
                        put(field, cleaned, cleaned);
                    } else {
                        refuse(field, "unknown-place");
                    }
                }
                case POINT -> point(field, cleaned);
                case CATEGORY -> {
                    if (cleaned.matches("[0-9]{2}([0-9]{2}){0,2}") && categories.known(cleaned)) {
                        put(field, cleaned, cleaned);
                    } else {
                        refuse(field, "unknown-category");
                    }
                }
                case LEVEL -> {
                    int level = List.of("blue", "yellow", "red").indexOf(cleaned);
                    if (level >= 0) {
                        put(field, cleaned, level);
                    } else {
                        refuse(field, "not-an-option");
                    }
                }
                case KIND -> {
                    if (procedures.has(cleaned) && !cleaned.equals("intake") && !procedures.current(cleaned).internal()) {
                        put(field, cleaned, cleaned);
                    } else {
                        refuse(field, "unknown-kind");
                    }
                }
                case OUTCOME -> {
                    if (outcomes.contains(cleaned)) {
                        put(field, cleaned, cleaned);
                    } else {
                        refuse(field, "not-an-option");
                    }
                }
                case UNIT -> unit(cleaned).ifPresentOrElse(u -> {
                    if (field.units().isEmpty() || field.units().contains(u.type())) {
                        put(field, u.id().toString(), u);
                    } else {
                        refuse(field, "unit-of-another-kind", u.name());
                    }
                }, () -> refuse(field, "unknown-unit"));
                case CODE -> {
                    if (cleaned.matches("[A-Za-z0-9-]{1,40}")) {
                        put(field, cleaned, cleaned);
                    } else {
                        refuse(field, "not-a-code");
                    }
                }
                case POST -> Ids.find(cleaned).filter(id -> directory.posts(List.of(id)).containsKey(id))
                        .ifPresentOrElse(id -> put(field, id.toString(), id), () -> refuse(field, "unknown-post"));
                case MATTER -> MatterNumber.parse(cleaned).flatMap(matters).ifPresentOrElse(
                        id -> put(field, id.toString(), id), () -> refuse(field, "unknown-matter"));
                case FILES, UNITS, PARTIES, CLAUSES -> throw new IllegalStateException("read above");
            }
        }

        private void put(Field field, Object plain, Object typed) {
            data.put(field.name(), plain);
            field.sets().ifPresent(target -> sets.put(target, typed));
        }

        private void refuse(Field field, String code, Object... arguments) {
            refusals.add(Refusal.at(field.name(), code, arguments));
        }

        private void words(Field field, String cleaned, int most, String kind) {
            int max = field.max() > 0 ? field.max() : most;
            int length = Words.length(cleaned);
            if (length > max) {
                refuse(field, "too-long", max, length);
                return;
            }
            words.add(new Typed.Words(field.name(), 0, Optional.empty(), kind, cleaned));
            field.sets().ifPresent(target -> sets.put(target, cleaned));
        }

        private void phone(Field field, String cleaned) {
            String digits = cleaned.replaceAll("[\\s()（）‐‑–—－-]", "");
            if (digits.matches("\\+?[0-9]{5,16}")) {
                words.add(new Typed.Words(field.name(), 0, Optional.empty(), "contact", digits));
            } else {
                refuse(field, "not-a-phone");
            }
        }

        /**
         * Citizens' numbers and credit codes have 18 characters and a check; whatever else has 5 to 17 letters and digits is taken for a passport or a permit, whose
         * makers do not publish one.
         */
        private void identity(Field field, String cleaned) {
            String plain = Words.narrow(cleaned).replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
            if (plain.length() == 18 ? IdentityNumber.parse(plain).isPresent() || CreditCode.parse(plain).isPresent() : plain.matches("[A-Z0-9()]{5,17}") && !plain.matches("[0-9]{15}|[0-9]{17}")) {
                words.add(new Typed.Words(field.name(), 0, Optional.empty(), "contact", plain));
            } else {
                refuse(field, plain.length() == 18 ? "identity-check" : "identity-length");
            }
        }

        private Optional<Yuan> amount(Field field, String cleaned) {
            Optional<Yuan> amount = Yuan.parse(cleaned);
            if (amount.isEmpty()) {
                refuse(field, "not-an-amount");
            } else if (amount.get().fen() == 0) {
                refuse(field, "amount-zero");
            }
            return amount.filter(one -> one.fen() > 0);
        }

        /** Each row is who, towards, what, amount, by and how, parted by tabs; rows in which nothing was typed are passed over. */
        private void clauses(Field field, Object value) {
            List<String> rows = (value instanceof List<?> list ? list : value instanceof String one ? List.of(one) : List.of()).stream().map(Object::toString)
                    .filter(row -> !row.isBlank()).toList();
            int max = field.max() > 0 ? field.max() : Procedure.MOST_CLAUSES;
            if (rows.isEmpty()) {
                if (field.required()) {
                    refuse(field, "required");
                }
                return;
            }
            if (rows.size() > max) {
                refuse(field, "too-many", max);
                return;
            }
            List<Clause> read = new ArrayList<>();
            int before = refusals.size();
            for (int i = 0; i < rows.size(); i++) {
                clause(field, i + 1, rows.get(i).split("\t", -1)).ifPresent(read::add);
            }
            if (refusals.size() == before) {
                words.add(new Typed.Words(field.name(), 0, Optional.empty(), "words", Clause.write(read)));
            }
        }

        private Optional<Clause> clause(Field field, int row, String[] typed) {
            if (typed.length != 6) {
                refuse(field, "not-an-option");
                return Optional.empty();
            }
            int before = refusals.size();
            Optional<Integer> who = party(typed[0]);
            Optional<Integer> towards = party(typed[1]);
            String what = Words.line(typed[2]);
            String sum = Words.line(typed[3]);
            String how = Words.line(typed[5]);
            Optional<Yuan> amount = Yuan.parse(sum);
            if (who.isEmpty()) {
                refuse(field, "clause-who", row);
            }
            if (!typed[1].isBlank() && towards.isEmpty() || who.isPresent() && who.equals(towards)) {
                refuse(field, "clause-towards", row);
            }
            if (what.isEmpty() || Words.length(what) > LINE) {
                refuse(field, "clause-what", row, LINE);
            }
            if (!sum.isEmpty() && (amount.isEmpty() || amount.get().fen() == 0)) {
                refuse(field, "clause-amount", row);
            } else if (!sum.isEmpty() && towards.isEmpty()) {
                refuse(field, "clause-for-whom", row);
            }
            if (Words.length(how) > LINE) {
                refuse(field, "clause-how", row, LINE);
            }
            Optional<LocalDate> by = day(Words.line(typed[4]));
            if (by.isEmpty()) {
                refuse(field, "clause-by", row);
            } else if (by.get().isBefore(CivilTime.dateOf(clock.instant()))) {
                refuse(field, "clause-past", row);
            }
            return refusals.size() > before ? Optional.empty() : Optional.of(new Clause(who.orElseThrow(), towards, what, amount, by.orElseThrow(), how));
        }

        private Optional<Integer> party(String typed) {
            return Optional.of(typed.strip()).filter(number -> number.matches("[1-9][0-9]{0,3}")).map(Integer::valueOf).filter(parties::contains);
        }

        private void email(Field field, String cleaned) {
            if (cleaned.length() <= 200 && cleaned.matches("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+\\.[^\\s@<>,;\".]+")) {
                words.add(new Typed.Words(field.name(), 0, Optional.empty(), "contact", cleaned));
            } else {
                refuse(field, "not-an-email");
            }
        }

        private void number(Field field, String cleaned, int max) {
            if (!cleaned.matches("[0-9]{1,10}")) {
                refuse(field, "not-a-number");
            } else if (Long.parseLong(cleaned) > max) {
                refuse(field, "too-great", max);
            } else {
                put(field, Long.parseLong(cleaned), Integer.parseInt(cleaned));
            }
        }

        private void rating(Field field, String cleaned) {
            if (cleaned.matches("[1-5]")) {
                put(field, Long.parseLong(cleaned), Integer.parseInt(cleaned));
            } else {
                refuse(field, "not-an-option");
            }
        }

        private void date(Field field, String cleaned) {
            day(cleaned).ifPresentOrElse(day -> put(field, day.toString(), day), () -> refuse(field, "not-a-date"));
        }

        private void time(Field field, String cleaned) {
            // no finer than the entry's own times, so that the columns can hold what the digest covers
            Optional<Instant> instant = instant(cleaned).map(at -> at.truncatedTo(ChronoUnit.MILLIS));
            if (instant.isEmpty()) {
                refuse(field, "not-a-time");
            } else if (!field.future() && instant.get().isAfter(clock.instant().plusSeconds(300))) {
                refuse(field, "in-the-future");
            } else if (instant.get().isBefore(CivilTime.startOf(LocalDate.of(1949, 10, 1)))
                    || instant.get().isAfter(CivilTime.startOf(LocalDate.of(2200, 1, 1)))) {
                refuse(field, "not-a-time");
            } else {
                put(field, instant.get().toString(), instant.get());
            }
        }

        private void point(Field field, String cleaned) {
            if (!cleaned.matches("-?[0-9]{1,3}(\\.[0-9]{1,10})? ?[,，] ?-?[0-9]{1,3}(\\.[0-9]{1,10})?")) {
                refuse(field, "not-a-point");
                return;
            }
            String[] parts = cleaned.split(" ?[,，] ?");
            double latitude = Double.parseDouble(parts[0]);
            double longitude = Double.parseDouble(parts[1]);
            if (!settings.holds(latitude, longitude)) {
                refuse(field, "point-outside");
                return;
            }
            put(field, String.format(Locale.ROOT, "%.6f,%.6f", latitude, longitude), new double[] {latitude, longitude});
        }

        private void units(Field field, Object value) {
            List<String> ids = several(field, value);
            if (ids.size() > 20) {
                refuse(field, "too-many", 20);
                return;
            }
            List<Unit> found = new ArrayList<>();
            for (String id : ids) {
                Optional<Unit> unit = unit(id);
                if (unit.isEmpty()) {
                    refuse(field, "unknown-unit");
                    return;
                }
                if (!found.contains(unit.get())) {
                    found.add(unit.get());
                }
            }
            if (!found.isEmpty()) {
                put(field, found.stream().map(u -> u.id().toString()).toList(), List.copyOf(found));
            }
        }

        /** Each value that was chosen; when a required one is missing that is said. */
        private List<String> several(Field field, Object value) {
            List<String> chosen = switch (value) {
                case null -> List.of();
                case String s -> s.isBlank() ? List.of() : List.of(s.trim().split("\\s*,\\s*"));
                case List<?> list -> list.stream().map(Object::toString).filter(s -> !s.isBlank()).toList();
                default -> List.of("?");
            };
            if (chosen.isEmpty() && field.required()) {
                refuse(field, "required");
            }
            return chosen;
        }

        private void parties(Field field, Object value) {
            Set<Integer> named = new TreeSet<>();
            for (String number : several(field, value)) {
                if (!number.matches("[1-9][0-9]{0,3}") || !parties.contains(Integer.parseInt(number))) {
                    refuse(field, "unknown-party");
                    return;
                }
                named.add(Integer.parseInt(number));
            }
            int max = field.max() > 0 ? field.max() : Procedure.MOST_PARTIES;
            if (named.size() > max) {
                refuse(field, "too-many", max);
            } else if (!named.isEmpty()) {
                put(field, named.stream().map(Integer::longValue).toList(), Set.copyOf(named));
            }
        }

        private void files(Field field, Object value) {
            List<?> list = value instanceof List<?> l ? l : List.of();
            if (list.isEmpty()) {
                if (field.required()) {
                    refuse(field, "required");
                }
                return;
            }
            int max = field.max() > 0 ? field.max() : 9;
            if (list.size() > max) {
                refuse(field, "too-many-files", max);
                return;
            }
            int ordinal = 0;
            for (Object file : list) {
                if (!(file instanceof Evidence e)) {
                    refuse(field, "not-a-file");
                    return;
                }
                Map<String, Object> said = new LinkedHashMap<>();
                said.put("id", e.id().toString());
                said.put("name", Words.line(e.name()));
                said.put("mediaType", e.mediaType());
                said.put("size", e.size());
                said.put("sha256", e.sha256());
                if (!e.original().isEmpty()) {
                    said.put("original", e.original());
                }
                words.add(new Typed.Words(field.name(), ordinal++, Optional.empty(), "file", org.heshi.matters.log.CanonicalJson.write(said)));
            }
        }

        private Optional<Unit> unit(String id) {
            return Ids.find(id).flatMap(directory::unitLately);
        }
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(LocalDate.parse(typed)).filter(day -> day.getYear() >= 1900 && day.getYear() <= 2200);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A local time of Asia/Shanghai as browsers send it, or an instant with its offset. */
    private static Optional<Instant> instant(String typed) {
        try {
            return Optional.of(typed.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})") ? java.time.OffsetDateTime.parse(typed).toInstant()
                    : LocalDateTime.parse(typed.replace(' ', 'T')).atZone(CivilTime.ZONE).toInstant());
        } catch (DateTimeParseException e) {
            try {
                return Optional.of(CivilTime.startOf(LocalDate.parse(typed)));
            } catch (DateTimeParseException again) {
                return Optional.empty();
            }
        }
    }
}
