package org.heshi.notices.tell;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.LimitListener;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterLog.Now;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells posts of limits that are nearly over or over, step by step upward. Whoever may not see the matter is told nothing of it. */
@Component
class WordOfLimits implements LimitListener {

    private static final Set<Role> HEADS = Set.of(Role.HEAD);
    private static final Set<Role> SUPERVISORS = Set.of(Role.SUPERVISOR);

    private final MatterLog log;
    private final Directory directory;
    private final JdbcClient jdbc;
    private final Eyes eyes;

    WordOfLimits(MatterLog log, Directory directory, @Qualifier("follower") JdbcClient jdbc, Eyes eyes) {
        this.log = log;
        this.directory = directory;
        this.jdbc = jdbc;
        this.eyes = eyes;
    }

    @Override
    public void hear(Word word) {
        Now matter = log.now(Set.of(word.matter())).get(word.matter());
        if (matter == null) {
            return;
        }
        Map<UUID, HeldPost> posts = new LinkedHashMap<>();
        for (UUID unit : units(word, matter)) {
            for (Role role : roles(word, matter)) {
                directory.holders(unit, role, word.at()).forEach(held -> posts.putIfAbsent(held.post(), held));
            }
        }
        List<HeldPost> told = posts.values().stream().filter(held -> eyes.see(held, word.matter())).toList();
        if (told.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into notices.notice (id, post, matter, seq, event, clock, at)
                select x.id, x.post, ?, ?, ?, ?, ? from unnest(?::uuid[], ?::uuid[]) as x (id, post)
                on conflict (matter, seq, post, clock, event) where clock <> '' do nothing
                """)
                .param(word.matter()).param(word.run()).param("limit-" + word.stage().name().toLowerCase(Locale.ROOT)).param(word.clock())
                .param(word.at().atOffset(ZoneOffset.UTC))
                .param(told.stream().map(_ -> Uuid7.at(word.at())).toArray(UUID[]::new))
                .param(told.stream().map(HeldPost::post).toArray(UUID[]::new))
                .update();
    }

    private static Set<Role> roles(Word word, Now matter) {
        return switch (word.stage()) {
            case SOON, OVER -> Telling.rolesFor(word.unit().isEmpty() && !matter.units().containsKey(word.relation()) ? "desk" : word.relation());
            case HEAD -> HEADS;
            case SUPERVISOR, ABOVE -> SUPERVISORS;
        };
    }

    /** The units whose posts are told; a limit that binds nobody in particular is the desk's. */
    private Set<UUID> units(Word word, Now matter) {
        Set<UUID> desk = matter.units().getOrDefault("desk", Set.of());
        Set<UUID> units = new LinkedHashSet<>();
        switch (word.stage()) {
            case SOON, OVER, HEAD -> word.unit().ifPresentOrElse(units::add, () -> units.addAll(matter.units().getOrDefault(word.relation(), desk)));
            case SUPERVISOR -> units.addAll(desk);
            case ABOVE -> desk.stream().flatMap(unit -> directory.findUnit(unit).stream()).flatMap(unit -> above(unit).stream())
                    .map(Unit::id).forEach(units::add);
        }
        units.removeAll(matter.barred());
        return units;
    }

    /** The centre of the nearest division above that has one. */
    private Optional<Unit> above(Unit unit) {
        String division = unit.division();
        int shorter = division.length() > 9 ? 9 : division.length() > 6 ? 6 : division.length() > 4 ? 4 : 2;
        return division.length() <= 2 ? Optional.empty() : directory.centreFor(division.substring(0, shorter)).filter(centre -> !centre.id().equals(unit.id()));
    }
}
