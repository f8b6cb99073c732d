package org.heshi.calendar.importing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.days.NoticeDay;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a notice: lines of {@code date,kind,name} with or without a heading (commas or tabs, as spreadsheets give them), or JSON
 * {@code {"year": 2027, "source": "…", "holidays": {"2027-01-01": "元旦"}, "workdays": {"2027-01-09": "元旦"}}}, which is also the shape of a
 * year's file of the npm package chinese-days. Says everything that is wrong at once.
 */
final class NoticeText {

    static final int LARGEST = 256 * 1024;
    private static final int MOST_LINES = 400;
    private static final int SHOWN = 12;
    private static final int LONGEST_NAME = 60;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()).build();
    private static final Pattern DATE = Pattern.compile("(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?");
    private static final Map<String, NoticeDay.Kind> KINDS = Map.of("holiday", NoticeDay.Kind.HOLIDAY, "放假", NoticeDay.Kind.HOLIDAY,
            "休", NoticeDay.Kind.HOLIDAY, "workday", NoticeDay.Kind.WORKDAY, "上班", NoticeDay.Kind.WORKDAY, "班", NoticeDay.Kind.WORKDAY);

    /** What was read. */
    sealed interface Reading {

        record Read(Notice notice) implements Reading {
        }

        record Refused(List<Refusal> refusals) implements Reading {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    /** @param number of the line, or of the entry in JSON, from 1 */
    private record Line(int number, String date, String kind, String name) {
    }

    private final String field;
    private final int thisYear;
    private final List<Refusal> refusals = new ArrayList<>();

    private NoticeText(String field, int thisYear) {
        this.field = field;
        this.thisYear = thisYear;
    }

    /**
     * @param field    beside which the refusals of the days stand
     * @param thisYear the civil year; a notice is for it, the next one, or an earlier one that is corrected
     */
    static Reading read(NoticeForm form, String field, int thisYear) {
        return new NoticeText(field, thisYear).read(form);
    }

    /** The text of a file: UTF-8, else GB18030, which spreadsheets in China save as; empty when it is neither. */
    static Optional<String> decode(byte[] file) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
            try {
                String text = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(file)).toString();
                if (text.indexOf('\0') < 0) {
                    return Optional.of(text);
                }
            } catch (CharacterCodingException e) {
                // the next one
            }
        }
        return Optional.empty();
    }

    private Reading read(NoticeForm form) {
        String text = Words.clean(form.days());
        String typedYear = form.year().strip();
        String source = Words.line(form.source());
        List<Line> lines = List.of();
        if (text.length() > LARGEST) {
            refusals.add(Refusal.at(field, "calendar-too-big"));
        } else if (text.startsWith("{") || text.startsWith("[")) {
            Optional<JsonNode> json = json(text);
            if (json.isPresent()) {
                String saidYear = json.get().path("year").asString("");
                if (typedYear.isEmpty()) {
                    typedYear = saidYear;
                } else if (!saidYear.isEmpty() && !saidYear.equals(typedYear)) {
                    refusals.add(Refusal.at("year", "calendar-year-differs", saidYear));
                }
                source = source.isEmpty() ? Words.line(json.get().path("source").asString("")) : source;
                lines = lines(json.get());
            }
        } else {
            lines = lines(text);
        }
        Optional<Integer> year = year(typedYear);
        if (source.isEmpty()) {
            refusals.add(Refusal.at("source", "calendar-source-missing"));
        } else if (source.length() > 200) {
            refusals.add(Refusal.at("source", "calendar-source-long"));
        }
        List<NoticeDay> days = days(lines, year);
        if (refusals.stream().noneMatch(refusal -> refusal.field().equals(field)) && days.stream().noneMatch(day -> day.kind() == NoticeDay.Kind.HOLIDAY)) {
            refusals.add(Refusal.at(field, days.isEmpty() ? "calendar-nothing" : "calendar-no-holiday"));
        }
        if (!refusals.isEmpty()) {
            return new Reading.Refused(refusals);
        }
        return new Reading.Read(new Notice(year.orElseThrow(), source, Optional.empty(), days));
    }

    private Optional<Integer> year(String typed) {
        if (typed.isEmpty()) {
            refusals.add(Refusal.at("year", "calendar-year-missing"));
            return Optional.empty();
        }
        if (!typed.matches("[0-9]{4}") || Integer.parseInt(typed) < 2004 || Integer.parseInt(typed) > thisYear + 1) {
            refusals.add(Refusal.at("year", "calendar-year-wrong", Integer.toString(thisYear + 1)));
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(typed));
    }

    private Optional<JsonNode> json(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (root.isObject() && (root.path("holidays").isObject() || root.path("workdays").isObject())) {
                return Optional.of(root);
            }
            refusals.add(Refusal.at(field, "calendar-json-shape"));
        } catch (JacksonException e) {
            refusals.add(Refusal.at(field, "calendar-not-json", e.getLocation() == null ? "1" : Integer.toString(e.getLocation().getLineNr())));
        }
        return Optional.empty();
    }

    private static List<Line> lines(JsonNode json) {
        List<Line> lines = new ArrayList<>();
        for (NoticeDay.Kind kind : NoticeDay.Kind.values()) {
            json.path(kind == NoticeDay.Kind.HOLIDAY ? "holidays" : "workdays").properties()
                    .forEach(entry -> lines.add(new Line(lines.size() + 1, entry.getKey(), kind.code(), entry.getValue().asString(""))));
        }
        // the package writes "New Year's Day,元旦,1"
        return lines.stream().map(line -> line.name().split(",", -1).length == 3
                ? new Line(line.number(), line.date(), line.kind(), line.name().split(",")[1]) : line).toList();
    }

    private List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        String[] all = text.split("\n", -1);
        for (int i = 0; i < all.length; i++) {
            String line = all[i].strip();
            if (line.isEmpty() || line.startsWith("#") || lines.isEmpty() && line.toLowerCase(Locale.ROOT).matches("(date|日期)\\s*[,，\\t].*")) {
                continue;
            }
            String[] parts = line.split("\\s*[,，\\t]\\s*", -1);
            if (parts.length < 3 || parts.length > 3 && !String.join("", List.of(parts).subList(3, parts.length)).isBlank()) {
                refusals.add(Refusal.at(field, "calendar-columns", Integer.toString(i + 1), shown(line)));
            } else {
                lines.add(new Line(i + 1, unquoted(parts[0]), unquoted(parts[1]), unquoted(parts[2])));
            }
        }
        return lines;
    }

    private static String unquoted(String part) {
        return part.length() > 1 && part.startsWith("\"") && part.endsWith("\"") ? part.substring(1, part.length() - 1).strip() : part.strip();
    }

    private List<NoticeDay> days(List<Line> lines, Optional<Integer> year) {
        if (lines.size() > MOST_LINES) {
            refusals.add(Refusal.at(field, "calendar-too-many", Integer.toString(MOST_LINES)));
            return List.of();
        }
        List<NoticeDay> days = new ArrayList<>();
        for (Line line : lines) {
            day(line, year, days).ifPresent(refusals::add);
        }
        List<Refusal> mine = refusals.stream().filter(refusal -> refusal.field().equals(field)).toList();
        if (mine.size() > SHOWN) {
            refusals.removeAll(mine.subList(SHOWN, mine.size()));
            refusals.add(Refusal.at(field, "calendar-more", Integer.toString(mine.size() - SHOWN)));
        }
        return days;
    }

    /** Adds the line's day, or says why not. */
    private Optional<Refusal> day(Line line, Optional<Integer> year, List<NoticeDay> days) {
        Optional<LocalDate> date = date(line.date());
        if (date.isEmpty()) {
            return wrong(line, "calendar-date", shown(line.date()));
        }
        NoticeDay.Kind kind = KINDS.get(line.kind().toLowerCase(Locale.ROOT));
        if (kind == null) {
            return wrong(line, "calendar-kind", shown(line.kind()));
        }
        String name = Words.line(line.name());
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return wrong(line, "calendar-name", shown(line.date()));
        }
        LocalDate day = date.get();
        if (year.isPresent() && !ofYear(day, year.get())) {
            return wrong(line, "calendar-other-year", day.toString(), Integer.toString(year.get()), Integer.toString(year.get() - 1));
        }
        if (kind == NoticeDay.Kind.WORKDAY && day.getDayOfWeek().getValue() < 6) {
            return wrong(line, "calendar-workday-in-the-week", day.toString());
        }
        for (NoticeDay other : days) {
            if (other.day().equals(day)) {
                return wrong(line, other.kind() == kind ? "calendar-day-twice" : "calendar-both-kinds", day.toString());
            }
        }
        days.add(new NoticeDay(day, kind, name));
        return Optional.empty();
    }

    private Optional<Refusal> wrong(Line line, String code, String... said) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(Integer.toString(line.number()));
        arguments.addAll(List.of(said));
        return Optional.of(new Refusal(code, field, arguments));
    }

    /** A notice names days of its year, and of the December before, when New Year's rest or the work for it reaches there. */
    private static boolean ofYear(LocalDate day, int year) {
        return day.getYear() == year || day.getYear() == year - 1 && day.getMonthValue() == 12;
    }

    private static Optional<LocalDate> date(String text) {
        Matcher read = DATE.matcher(text);
        if (!read.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(read.group(1)), Integer.parseInt(read.group(2)), Integer.parseInt(read.group(3))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= 40 ? text : text.substring(0, text.offsetByCodePoints(0, 40)) + "…";
    }
}
