package org.heshi.divisions.finding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.heshi.divisions.Level;
import org.heshi.divisions.finding.Segment.Fit;
import org.heshi.divisions.finding.Segment.Runs;

/**
 * All names as of one edition of the register: the great part, and the few that came since, so that one new grid does not lay
 * 665,000 names anew.
 *
 * @param edition what of the register is in here
 * @param laid    the edition of the great part
 */
record Snapshot(long edition, long laid, List<Segment> great, List<Segment> since) {

    Snapshot {
        great = List.copyOf(great);
        since = List.copyOf(since);
    }

    /** A place that seems to fit. */
    record Proposal(Fit fit, Level level, long code, String name) {
        static final Comparator<Proposal> ORDER = Comparator.comparing(Proposal::fit).thenComparing(Proposal::level).thenComparing(Proposal::code);
    }

    int size() {
        return great.stream().mapToInt(Segment::size).sum() + since.stream().mapToInt(Segment::size).sum();
    }

    /** Best first, at most about twice {@code enough}; the last word is the place's, those before it are of places above it, in order. */
    List<Proposal> propose(List<Word> words, String within, int enough) {
        List<Area> areas = List.of(within.isEmpty() ? Area.EVERYWHERE : Area.of(within));
        for (Word above : words.subList(0, words.size() - 1)) {
            areas = areas(above, areas);
        }
        Word last = words.getLast();
        List<Proposal> found = new ArrayList<>();
        if (last.digits() && last.text().length() <= Level.MICRO_GRID.digits() && last.text().charAt(0) != '0') {
            byCode(last.text(), areas, enough, found);
        }
        Map<Segment, Runs> runs = new IdentityHashMap<>();
        for (Segment segment : segments()) {
            runs.put(segment, runs(segment, areas));
        }
        for (Fit fit : Fit.values()) {
            for (Level level : Level.values()) {
                if (found.size() >= enough) {
                    return found;
                }
                List<Proposal> here = new ArrayList<>();
                runs.forEach((segment, run) -> {
                    if (segment.level() == level) {
                        segment.find(last, fit, run, enough).stream()
                                .mapToObj(row -> new Proposal(fit, level, segment.code(row), segment.name(row))).forEach(here::add);
                    }
                });
                here.sort(Proposal.ORDER);
                here.stream().filter(p -> found.stream().noneMatch(f -> f.code == p.code && f.name.equals(p.name))).forEach(found::add);
            }
        }
        return found;
    }

    private List<Segment> segments() {
        List<Segment> all = new ArrayList<>(great);
        all.addAll(since);
        return all;
    }

    /** Areas come by code and do not overlap, so their rows do too. */
    private static Runs runs(Segment segment, List<Area> areas) {
        Runs runs = new Runs();
        for (Area area : areas) {
            runs.add(area.from(segment), area.to(segment));
        }
        return runs;
    }

    private void byCode(String digits, List<Area> areas, int enough, List<Proposal> found) {
        for (Level level : Level.values()) {
            if (level.digits() < digits.length()) {
                continue;
            }
            Area wanted = Area.of(digits);
            for (List<Segment> part : List.of(great, since)) {
                for (Segment segment : part) {
                    if (segment.level() != level) {
                        continue;
                    }
                    for (Area area : areas) {
                        int to = Math.min(wanted.to(segment, true), area.to(segment));
                        for (int row = Math.max(wanted.from(segment, true), area.from(segment)); row < to && found.size() < enough; row++) {
                            found.add(new Proposal(level.digits() == digits.length() ? Fit.EXACT : Fit.BEGINS, level, segment.code(row), segment.name(row)));
                        }
                    }
                }
            }
        }
    }

    /** The places whose names fit and that have others below, as areas to look in; those inside another are left out. */
    private List<Area> areas(Word word, List<Area> within) {
        List<Area> fitting = new ArrayList<>();
        for (Segment segment : segments()) {
            // a letter inside of some syllable is no way to name an area
            segment.find(word, word.latin() ? Fit.BEGINS : Fit.CONTAINS, withPlacesBelow(segment, runs(segment, within)), Integer.MAX_VALUE).stream()
                    .mapToObj(row -> new Area(segment.code(row), segment.level().digits())).forEach(fitting::add);
        }
        fitting.sort(Comparator.comparing(Area::first).thenComparing(Area::digits));
        List<Area> areas = new ArrayList<>();
        long end = 0;
        for (Area area : fitting) {
            if (area.first() >= end) {
                areas.add(area);
                end = area.end();
            }
        }
        return areas;
    }

    /** Hundreds of thousands of villages have no grid here: only those that have are looked at. */
    private Runs withPlacesBelow(Segment segment, Runs runs) {
        if (segment.level().compareTo(Level.VILLAGE) < 0) {
            return runs;
        }
        BitSet parents = new BitSet();
        for (Segment below : segments()) {
            int digits = below.level().digits() - segment.level().digits();
            long unit = digits > 0 ? Area.power(digits) : 0;
            for (int row = 0; digits > 0 && row < below.size(); row++) {
                int parent = segment.from(below.code(row) / unit);
                if (parent < segment.size() && segment.code(parent) == below.code(row) / unit && runs.has(parent)) {
                    parents.set(parent);
                }
            }
        }
        Runs some = new Runs();
        parents.stream().forEach(row -> some.add(row, row + 1));
        return some;
    }

    /** What lies under a code: at each level a run of codes. */
    record Area(long code, int digits) {

        static final Area EVERYWHERE = new Area(0, 0);

        static Area of(String code) {
            return new Area(Long.parseLong(code), code.length());
        }

        /** The first micro-grid's code that may lie here. */
        long first() {
            return code * power(Level.MICRO_GRID.digits() - digits);
        }

        long end() {
            return (code + 1) * power(Level.MICRO_GRID.digits() - digits);
        }

        int from(Segment segment) {
            return from(segment, false);
        }

        int to(Segment segment) {
            return to(segment, false);
        }

        private int from(Segment segment, boolean itself) {
            int below = segment.level().digits() - digits;
            return digits == 0 ? 0 : below < 0 || below == 0 && !itself ? 0 : segment.from(code * power(below));
        }

        private int to(Segment segment, boolean itself) {
            int below = segment.level().digits() - digits;
            return digits == 0 ? segment.size() : below < 0 || below == 0 && !itself ? 0 : segment.from((code + 1) * power(below));
        }

        private static long power(int digits) {
            long p = 1;
            for (int i = 0; i < digits; i++) {
                p *= 10;
            }
            return p;
        }
    }
}
