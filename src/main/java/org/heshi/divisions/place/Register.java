package org.heshi.divisions.place;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.UUID;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.divisions.finding.Finder;
import org.heshi.kernel.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register as the database holds it. */
@Component
class Register implements Divisions {

    private static final Level[] LEVELS = Level.values();
    /** More places than a prefecture has. */
    private static final int MOST_STANDING = 50_000;
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final Finder finder;
    private volatile @Nullable Went went;

    Register(JdbcClient jdbc, InstantSource clock, Finder finder) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.finder = finder;
    }

    @Override
    public Optional<Division> find(String code) {
        return levelOf(code).flatMap(level -> jdbc.sql("""
                        select division, code, name from divisions.standing
                        where level = ? and code = ? and valid_from <= ? and ? < valid_to
                        """)
                .params(number(level), code, today(), today())
                .query(Register::division).optional());
    }

    @Override
    public boolean stands(String code) {
        Went lately = lately();
        if (lately.standing().contains(code)) {
            return true;
        }
        boolean stands = find(code).isPresent();
        if (stands && lately.day().equals(today()) && lately.standing().size() < MOST_STANDING) {
            lately.standing().add(code);
        }
        return stands;
    }

    @Override
    public Map<String, String> names(Collection<String> codes) {
        Map<String, String> names = new HashMap<>();
        List<String> wanted = codes.stream().distinct().filter(code -> levelOf(code).isPresent()).toList();
        if (wanted.isEmpty()) {
            return names;
        }
        jdbc.sql("""
                        select s.code, s.name
                        from unnest(?::smallint[], ?::text[]) as wanted (level, code)
                        join divisions.standing s on s.level = wanted.level and s.code = wanted.code and s.valid_from <= ? and ? < s.valid_to
                        """)
                .params(wanted.stream().map(code -> number(levelOf(code).orElseThrow())).toArray(Integer[]::new), wanted.toArray(String[]::new), today(), today())
                .query(r -> {
                    names.put(r.getString(1), r.getString(2));
                });
        return names;
    }

    @Override
    public Map<String, String> namesEver(Collection<String> codes) {
        Map<String, String> names = new HashMap<>();
        List<String> wanted = codes.stream().distinct().filter(code -> levelOf(code).isPresent()).toList();
        if (!wanted.isEmpty()) {
            // later standings are written over earlier ones
            jdbc.sql("""
                            select s.code, s.name
                            from unnest(?::smallint[], ?::text[]) as wanted (level, code)
                            join divisions.standing s on s.level = wanted.level and s.code = wanted.code
                            where s.valid_from <= ? order by s.valid_to
                            """)
                    .params(wanted.stream().map(code -> number(levelOf(code).orElseThrow())).toArray(Integer[]::new), wanted.toArray(String[]::new), today())
                    .query(r -> {
                        names.put(r.getString(1), r.getString(2));
                    });
        }
        return names;
    }

    @Override
    public Division get(String code) {
        return find(code).orElseThrow(() -> new NoSuchElementException("no division " + code + " stands today"));
    }

    @Override
    public List<Division> path(String code) {
        get(code);
        return withAllAbove(List.of(code));
    }

    /** The places of these codes and all above them, from the province down. */
    private List<Division> withAllAbove(Collection<String> codes) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String code : codes) {
            for (Level level : LEVELS) {
                if (level.digits() <= code.length()) {
                    wanted.add(code.substring(0, level.digits()));
                }
            }
        }
        return jdbc.sql("""
                        select s.division, s.code, s.name
                        from unnest(?::smallint[], ?::text[]) as wanted (level, code)
                        join divisions.standing s on s.level = wanted.level and s.code = wanted.code collate "C"
                        where s.valid_from <= ? and ? < s.valid_to
                        order by s.level
                        """)
                .params(wanted.stream().map(c -> number(Level.of(c))).toArray(Integer[]::new), wanted.toArray(String[]::new), today(), today())
                .query(Register::division).list();
    }

    /** The same of codes that stand no more: those and all above them as they were called last. */
    private Map<String, Division> asTheyWere(Collection<String> codes) {
        Set<String> wanted = new LinkedHashSet<>();
        codes.forEach(code -> Arrays.stream(LEVELS).filter(level -> level.digits() <= code.length()).forEach(level -> wanted.add(code.substring(0, level.digits()))));
        Map<String, Division> known = new HashMap<>();
        // later standings are written over earlier ones
        jdbc.sql("""
                        select s.division, s.code, s.name
                        from unnest(?::smallint[], ?::text[]) as wanted (level, code)
                        join divisions.standing s on s.level = wanted.level and s.code = wanted.code collate "C"
                        where s.valid_from <= ? order by s.valid_to
                        """)
                .params(wanted.stream().map(c -> number(Level.of(c))).toArray(Integer[]::new), wanted.toArray(String[]::new), today())
                .query(Register::division).list().forEach(place -> known.put(place.code(), place));
        return known;
    }

    @Override
    public Map<String, String> fullNames(Collection<String> codes) {
        List<String> sound = codes.stream().filter(code -> levelOf(code).isPresent()).toList();
        Map<String, Division> known = new HashMap<>();
        withAllAbove(sound).forEach(d -> known.put(d.code(), d));
        List<String> gone = sound.stream().filter(code -> !known.containsKey(code)).toList();
        if (!gone.isEmpty()) {
            asTheyWere(gone).forEach(known::putIfAbsent);
        }
        Map<String, String> names = new HashMap<>();
        for (String code : sound) {
            if (known.containsKey(code)) {
                names.put(code, FullName.of(Arrays.stream(LEVELS).filter(l -> l.digits() <= code.length())
                        .map(l -> known.get(code.substring(0, l.digits()))).filter(Objects::nonNull).toList()));
            }
        }
        return names;
    }

    @Override
    public String fullName(String code) {
        return Optional.ofNullable(fullNames(List.of(code)).get(code)).orElseThrow(() -> new NoSuchElementException("there is and was no division " + code));
    }

    @Override
    public List<Division> children(String code) {
        return childrenBetween(code, today(), today());
    }

    @Override
    public List<Division> childrenBetween(String code, LocalDate from, LocalDate to) {
        Level below;
        if (code.isEmpty()) {
            below = Level.PROVINCE;
        } else {
            Optional<Level> level = levelOf(code);
            if (level.isEmpty() || level.get() == Level.MICRO_GRID) {
                return List.of();
            }
            below = LEVELS[level.get().ordinal() + 1];
        }
        // ':' is the character after '9'
        return jdbc.sql("""
                        select distinct on (code) division, code, name from divisions.standing
                        where level = ? and code >= ? and code < ? and valid_from <= ? and ? < valid_to and valid_from < valid_to
                        order by code, valid_to desc
                        """)
                .params(number(below), code, code + ":", to, from)
                .query(Register::division).list();
    }

    @Override
    public long edition() {
        return jdbc.sql("select number from divisions.edition").query(Long.class).single();
    }

    @Override
    public List<Standing> standings(String code) {
        return levelOf(code).map(level -> jdbc.sql("""
                        select s.code, s.name, s.valid_from, nullif(s.valid_to, 'infinity')
                        from divisions.standing s
                        where s.division in (select had.division from divisions.standing had where had.level = ? and had.code = ?)
                        order by s.valid_from, s.code
                        """)
                .params(number(level), code)
                .query((r, _) -> new Standing(r.getString(1), r.getString(2), r.getObject(3, LocalDate.class), Optional.ofNullable(r.getObject(4, LocalDate.class)))).list())
                .orElse(List.of());
    }

    @Override
    public List<Division> search(String typed, String within, int limit) {
        return finder.search(typed, within, limit);
    }

    @Override
    public Map<String, String> moved() {
        return went().moved();
    }

    @Override
    public Map<String, String> successors() {
        return went().successors();
    }

    @Override
    public String today(String code) {
        return lately().successors().getOrDefault(code, code);
    }

    private Went lately() {
        Went last = went;
        return last == null || System.nanoTime() - last.looked() > FRESH || !last.day().equals(today()) ? went() : last;
    }

    @Override
    public List<String> once(String code) {
        return went().came().to(code);
    }

    @Override
    public List<String> leaving(String code) {
        Map<String, String> leaving = lately().leaving();
        return leaving.isEmpty() ? List.of() : leaving.entrySet().stream().filter(one -> code.startsWith(one.getValue())).map(Map.Entry::getKey).sorted().toList();
    }

    /**
     * Where places went, as one edition of the register says on one day.
     *
     * @param standing those that were asked for and stand; the only part that grows
     */
    private record Went(long edition, LocalDate day, long looked, Map<String, String> moved, Map<String, String> successors, WhatCameIn came, Map<String, String> leaving,
            Set<String> standing) {
    }

    private Went went() {
        long edition = edition();
        LocalDate day = today();
        Went last = went;
        if (last != null && last.edition() == edition && last.day().equals(day)) {
            last = new Went(edition, day, System.nanoTime(), last.moved(), last.successors(), last.came(), last.leaving().isEmpty() ? Map.of() : leaving(last.successors()),
                    last.standing());
        } else {
            Map<String, Set<String>> next = next();
            Map<String, String> moved = new HashMap<>();
            Map<String, String> successors = new HashMap<>();
            next.keySet().forEach(code -> {
                Successors.end(code, next).filter(to -> !code.startsWith(to)).ifPresent(to -> moved.put(code, to));
                Successors.only(code, next).ifPresent(to -> successors.put(code, to));
            });
            last = new Went(edition, day, System.nanoTime(), Map.copyOf(moved), Map.copyOf(successors), new WhatCameIn(next.keySet(), successors), leaving(successors),
                    ConcurrentHashMap.newKeySet());
        }
        went = last;
        return last;
    }

    /** Of those that went on, the ones that were not followed yet. */
    private Map<String, String> leaving(Map<String, String> successors) {
        Map<String, String> leaving = new HashMap<>();
        jdbc.sql("select s.code from divisions.standing s, divisions.followed f where s.valid_to < 'infinity' and s.valid_to > f.upto and s.valid_to <= ?").param(today())
                .query(String.class).list().stream().filter(successors::containsKey).forEach(code -> leaving.put(code, successors.get(code)));
        return Map.copyOf(leaving);
    }

    private Map<String, Set<String>> next() {
        Map<String, Set<String>> next = new HashMap<>();
        jdbc.sql("""
                        select e.code, n.code as to_code
                        from divisions.standing e join divisions.standing n on n.division = e.division and n.code <> e.code and n.valid_from >= e.valid_to
                        where e.valid_to < 'infinity' and e.valid_to <= ? and e.valid_from < e.valid_to
                          and not exists (select from divisions.standing s where s.level = e.level and s.code = e.code and s.valid_from <= ? and ? < s.valid_to)
                        union
                        select u.code, u.to_code from divisions.succession u
                        where u.on_day <= ?
                          and not exists (select from divisions.standing s where s.level = case length(u.code) when 2 then 1 when 4 then 2 when 6 then 3 when 9 then 4
                                            when 12 then 5 when 15 then 6 else 7 end and s.code = u.code and s.valid_from <= ? and ? < s.valid_to)
                        """)
                .params(today(), today(), today(), today(), today(), today())
                .query(r -> {
                    next.computeIfAbsent(r.getString(1), _ -> new LinkedHashSet<>()).add(r.getString(2));
                });
        return next;
    }

    private LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }

    private static int number(Level level) {
        return level.ordinal() + 1;
    }

    private static Optional<Level> levelOf(String code) {
        for (Level level : LEVELS) {
            if (level.digits() == code.length() && code.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    private static Division division(ResultSet r, int row) throws SQLException {
        String code = r.getString(2);
        return new Division(r.getObject(1, UUID.class), code, Level.of(code), r.getString(3));
    }
}
