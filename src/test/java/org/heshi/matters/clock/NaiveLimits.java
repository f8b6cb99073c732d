package org.heshi.matters.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.calendar.Calendar;
import org.heshi.matters.LimitListener.Stage;

/**
 * What should be said of limits and when, counted minute by minute and day by day from what people did, without a thought for speed: of the program
 * it knows nothing but which days are working days. Everything happens on whole minutes.
 */
final class NaiveLimits {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Calendar DAYS = Calendar.shipped();

    enum Unit {
        HOUR, DAY, WORKDAY
    }

    /** @param daily whether it runs from eight in the morning to eight in the evening only */
    record Length(int amount, Unit unit, boolean daily) {
    }

    /** @param warns so long before it is due; hours for one in hours or days, working days for one in working days; 0: not */
    record Kind(String name, Length length, int warns) {
    }

    record Said(String clock, int run, Stage stage, Instant at, Instant due) {
    }

    private record Span(Instant from, Instant to) {
    }

    /** A stretch of a clock's life in which it ran towards one instant. */
    private record Stretch(Instant from, Instant to, Instant due, int holder) {
    }

    /** One run of a clock. */
    static final class Run {

        final Kind kind;
        final int run;
        final Instant start;
        private final List<Span> pauses = new ArrayList<>();
        private final List<Stretch> stretches = new ArrayList<>();
        private Optional<Instant> paused = Optional.empty();
        private int days;
        /** Whoever gets it is told what those before were told. */
        private int holder;
        private Instant since;

        Run(Kind kind, int run, Instant start) {
            this.kind = kind;
            this.run = run;
            this.start = start;
            since = start;
        }

        boolean standsStill() {
            return paused.isPresent();
        }

        void handOn(Instant at) {
            if (paused.isEmpty()) {
                stretches.add(new Stretch(since, at, due(), holder));
                since = at;
            }
            holder++;
        }

        void pause(Instant at) {
            stretches.add(new Stretch(since, at, due(), holder));
            paused = Optional.of(at);
        }

        void resume(Instant at) {
            pauses.add(new Span(paused.orElseThrow(), at));
            paused = Optional.empty();
            since = at;
        }

        void extend(Instant at, int by) {
            stretches.add(new Stretch(since, at, due(), holder));
            days += by;
            since = at;
        }

        void end(Instant at) {
            if (paused.isEmpty()) {
                stretches.add(new Stretch(since, at, due(), holder));
            }
        }

        Instant due() {
            Length length = kind.length();
            if (length.unit() == Unit.HOUR) {
                int minutes = length.amount() * 60;
                for (Span pause : pauses) {
                    for (Instant minute = pause.from(); minute.isBefore(pause.to()); minute = minute.plusSeconds(60)) {
                        minutes += runs(minute, length.daily()) ? 1 : 0;
                    }
                }
                return after(start, minutes, length.daily()).plus(Duration.ofDays(days));
            }
            LocalDate last = day(start);
            int still = 0;
            for (Span pause : pauses) {
                for (LocalDate d = day(pause.from()); d.isBefore(day(pause.to())); d = d.plusDays(1)) {
                    if (length.unit() == Unit.DAY || DAYS.isWorkday(d)) {
                        still++;
                    }
                }
            }
            for (int left = length.amount() + still; left > 0; ) {
                last = last.plusDays(1);
                if (length.unit() == Unit.DAY || DAYS.isWorkday(last)) {
                    left--;
                }
            }
            return midnight(last.plusDays(1 + days));
        }

        /** What should have been said of it. */
        List<Said> said() {
            List<Said> said = new ArrayList<>();
            int before = 0;
            int holding = 0;
            for (Stretch s : stretches) {
                if (s.holder() != holding) {
                    holding = s.holder();
                    before = said.size();
                }
                Optional<Instant> warn = warn(s.due());
                if (warn.isPresent()) {
                    Instant word = word(warn.get(), s.from());
                    if (word.isBefore(s.due()) && !word.isAfter(s.to()) && !has(said.subList(before, said.size()), Stage.SOON, s.due())) {
                        said.add(new Said(kind.name(), run, Stage.SOON, word, s.due()));
                    }
                }
                Instant[] words = {s.due(), step(s.due(), 0), step(s.due(), 1), step(s.due(), 2)};
                for (int i = 0; i < 4; i++) {
                    Stage stage = Stage.values()[i + 1];
                    Instant word = word(words[i], s.from());
                    if (!word.isAfter(s.to()) && !has(said.subList(before, said.size()), stage, s.due())) {
                        said.add(new Said(kind.name(), run, stage, word, s.due()));
                    }
                }
            }
            return said;
        }

        private static boolean has(List<Said> said, Stage stage, Instant due) {
            return said.stream().anyMatch(word -> word.stage() == stage && word.due().equals(due));
        }

        private Optional<Instant> warn(Instant due) {
            if (kind.warns() == 0) {
                return Optional.empty();
            }
            Instant at;
            if (kind.length().unit() == Unit.WORKDAY) {
                LocalDate d = day(due);
                for (int left = kind.warns(); left > 0; ) {
                    d = d.minusDays(1);
                    if (DAYS.isWorkday(d)) {
                        left--;
                    }
                }
                at = midnight(d);
            } else {
                at = due.minus(Duration.ofHours(kind.warns()));
            }
            return at.isAfter(start) ? Optional.of(at) : Optional.empty();
        }

        /** As the settings say: the head after one hour or working day, the supervisor after 4 or 3, those above after 24 or 5. */
        private Instant step(Instant due, int step) {
            if (kind.length().unit() == Unit.HOUR) {
                return after(due, new int[] {1, 4, 24}[step] * 60, kind.length().daily());
            }
            LocalDate last = day(due.minusSeconds(1));
            for (int left = new int[] {1, 3, 5}[step]; left > 0; ) {
                last = last.plusDays(1);
                if (DAYS.isWorkday(last)) {
                    left--;
                }
            }
            return midnight(last.plusDays(1));
        }

        /** Word of an instant that is already behind when it is known: at once, but of limits in days only while offices are open. */
        private Instant word(Instant nominal, Instant from) {
            Instant word = word(nominal);
            if (!word.isBefore(from) || kind.length().unit() == Unit.HOUR) {
                return later(word, from);
            }
            LocalTime time = ZonedDateTime.ofInstant(from, SHANGHAI).toLocalTime();
            boolean open = DAYS.isWorkday(day(from)) && time.isAfter(LocalTime.of(8, 30)) && time.isBefore(LocalTime.of(18, 0));
            return open ? from : word(from);
        }

        private Instant word(Instant at) {
            if (kind.length().unit() == Unit.HOUR) {
                return at;
            }
            LocalDate d = ZonedDateTime.ofInstant(at, SHANGHAI).toLocalTime().isAfter(LocalTime.of(8, 30)) ? day(at).plusDays(1) : day(at);
            while (!DAYS.isWorkday(d)) {
                d = d.plusDays(1);
            }
            return midnight(d).plus(Duration.ofMinutes(510));
        }
    }

    private NaiveLimits() {
    }

    private static Instant after(Instant from, int minutes, boolean daily) {
        Instant at = from;
        for (int left = minutes; left > 0; at = at.plusSeconds(60)) {
            left -= runs(at, daily) ? 1 : 0;
        }
        return at;
    }

    private static boolean runs(Instant minute, boolean daily) {
        int hour = ZonedDateTime.ofInstant(minute, SHANGHAI).getHour();
        return !daily || hour >= 8 && hour < 20;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, SHANGHAI);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(SHANGHAI).toInstant();
    }
}
