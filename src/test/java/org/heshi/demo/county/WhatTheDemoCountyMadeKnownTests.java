package org.heshi.demo.county;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.bill.PublishBill;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.exchange.ProgramWebhooks;
import org.heshi.identity.Programs;
import org.heshi.kernel.Page;
import org.heshi.statistics.Figures;
import org.heshi.statistics.MonthlyBulletins;
import org.junit.jupiter.api.Test;

/** The first start was cut off while it made known what the county did. */
class WhatTheDemoCountyMadeKnownTests {

    private static final UUID MATTER = UUID.randomUUID();
    private final List<String> made = new ArrayList<>();
    private final Set<String> there = new HashSet<>();
    private final List<Programs.Program> entered = new ArrayList<>();
    private String cutOffAt = "";

    private boolean once(String what) {
        if (what.equals(cutOffAt)) {
            throw new IllegalStateException("cut off at " + what);
        }
        if (there.add(what)) {
            made.add(what);
            return true;
        }
        return false;
    }

    private static <T> T room(Class<T> type, Map<String, Function<Object[], Object>> does) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, given) -> does.get(method.getName()).apply(given)));
    }

    private MadeKnown known() {
        HeldPost post = new HeldPost(UUID.randomUUID(), "岗位", UUID.randomUUID(), "某人", County.centre(), "中心", UnitType.CENTRE, County.CODE,
                Set.of(Role.SUPERVISOR, Role.HEAD, Role.ADMINISTRATOR), false);
        return new MadeKnown(room(Figures.class, Map.of("behind", _ -> new Page<>(List.of(UUID.randomUUID(), MATTER), Optional.empty()))),
                room(MonthlyBulletins.class, Map.of("any", _ -> there.contains("bulletin"), "release", _ -> once("bulletin"))),
                room(PublishBill.class, Map.of("edition", _ -> once("edition") ? Optional.of(1) : Optional.empty(), "told", _ -> there.contains("answer"),
                        "write", given -> given[0].equals(MATTER) && (there.contains("words") || once("words")), "release", given -> given[0].equals(MATTER) && once("answer"))),
                room(Programs.class, Map.of("running", _ -> List.copyOf(entered), "enter", given -> {
                    entered.add(new Programs.Program(UUID.randomUUID(), (String) given[0], (UUID) given[1], Set.of()));
                    return entered.getLast();
                })), room(ProgramWebhooks.class, Map.of("enter", _ -> once("webhook"))),
                room(Directory.class, Map.of("holders", _ -> List.of(post))), Clock.fixed(Instant.parse("2026-11-23T04:00:00Z"), java.time.ZoneOffset.UTC));
    }

    @Test
    void isMadeByTheNextStartWhereverTheFirstWasCutOff() {
        for (String at : List.of("webhook", "edition", "words", "answer", "bulletin")) {
            made.clear();
            there.clear();
            entered.clear();
            cutOffAt = at;
            assertThatThrownBy(() -> known().makeKnown(new Past.Made(10, Optional.of(MATTER)))).hasMessageContaining(at);
            assertThat(known().done()).as(at).isFalse();
            cutOffAt = "";
            known().makeKnown(new Past.Made(10, Optional.empty()));
            assertThat(known().done()).as(at).isTrue();
            known().makeKnown(new Past.Made(10, Optional.empty()));
            assertThat(made).as("cut off at the " + at).containsExactlyInAnyOrder("webhook", "edition", "words", "answer", "bulletin");
            assertThat(entered).as("one program").hasSize(1);
        }
    }
}
