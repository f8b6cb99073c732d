package org.heshi.notices.tell;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.access.Openings;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterLog.Now;
import org.heshi.matters.MatterSeal;
import org.heshi.notices.mail.MailSettings;
import org.heshi.notices.mail.MailWay;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * That a matter was opened for a given reason: auditors of the place and of the office are told, as far as they may see it, and the reporter by a mail that
 * says there is news. It is committed with the opening or not at all.
 */
@Component
class WordOfOpenings implements Openings.Told {

    private static final String EVENT = "opened";

    private final MatterLog log;
    private final Directory directory;
    private final Eyes eyes;
    private final MailWay mail;
    private final MatterSeal seal;
    private final JdbcClient jdbc;

    WordOfOpenings(MatterLog log, Directory directory, Eyes eyes, MailWay mail, MatterSeal seal, JdbcClient jdbc) {
        this.log = log;
        this.directory = directory;
        this.eyes = eyes;
        this.mail = mail;
        this.seal = seal;
        this.jdbc = jdbc;
    }

    @Override
    public Runnable prepare(UUID matter, UUID person, UUID unit, Instant at) {
        Map<UUID, Now> found = log.now(Set.of(matter));
        Now now = found.get(matter);
        if (now == null) {
            return () -> { };
        }
        Set<UUID> units = new LinkedHashSet<>(List.of(unit));
        Stream.of(directory.centreFor(now.division()), directory.countyCentreFor(now.division())).flatMap(Optional::stream).map(Unit::id).forEach(units::add);
        List<UUID> auditors = units.stream().flatMap(one -> directory.holders(one, Role.AUDITOR, at).stream()).filter(held -> !held.person().equals(person))
                .filter(held -> eyes.see(held, matter)).map(HeldPost::post).distinct().toList();
        Optional<String> address = mail.open()
                ? now.reporterEmail().flatMap(email -> seal.seal(matter, MailSettings.reporterOf(now.number()), email)) : Optional.empty();
        return () -> tell(now, auditors, address, at);
    }

    private void tell(Now matter, List<UUID> auditors, Optional<String> address, Instant at) {
        for (UUID post : auditors) {
            jdbc.sql("insert into notices.notice (id, post, matter, event, clock) values (?, ?, ?, ?, ?)")
                    .params(Uuid7.at(at), post, matter.matter(), EVENT, EVENT).update();
        }
        address.ifPresent(sealed -> jdbc.sql("insert into notices.mail (id, matter, seq, recipient, number, address, due_at, about) values (?, ?, 1, 'reporter', ?, ?, ?, ?)")
                .params(Uuid7.at(at), matter.matter(), matter.number().digits(), sealed, at.atOffset(ZoneOffset.UTC), EVENT + "-" + at).update());
    }
}
