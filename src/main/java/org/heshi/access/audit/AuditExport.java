package org.heshi.access.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends each trail on from where it was left. How far it has come is kept in the same transaction that reads, after the server took the messages: killed
 * between the two, it sends the last ones again, and never leaves one out.
 */
final class AuditExport {

    /** Facility 13, "log audit", severity 6, "informational" (RFC 5424, 6.2.1). */
    private static final int PRIORITY = 13 * 8 + 6;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST = 500;
    private static final long LOCK = 0x4865_7368_6941_7564L;

    private final List<AuditTrail> trails;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final SyslogTarget target;

    AuditExport(List<AuditTrail> trails, JdbcClient jdbc, TransactionTemplate transactions, SyslogTarget target) {
        this.trails = trails;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.target = target;
    }

    /** Sends all that waits. @return how many messages */
    int round() throws IOException {
        int sent = 0;
        try {
            for (AuditTrail trail : trails) {
                int some;
                do {
                    some = Acting.as(new Actor.Machine("audit"), () -> Objects.requireNonNull(transactions.execute(_ -> batch(trail))));
                    sent += some;
                } while (some >= MOST);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return sent;
    }

    private int batch(AuditTrail trail) {
        // no row is locked: the transaction gets no number before everything is sent, so that a slow server holds up nothing
        boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(?)").param(LOCK).query(Boolean.class).single();
        if (!mine) {
            return 0;
        }
        Instant place = jdbc.sql("select place from access.audit_place where trail = ?").param(trail.name()).query(OffsetDateTime.class).optional()
                .map(OffsetDateTime::toInstant).orElse(Instant.EPOCH);
        List<AuditTrail.Entry> entries = trail.after(place, MOST);
        if (entries.isEmpty()) {
            return 0;
        }
        List<String> messages = new ArrayList<>();
        entries.forEach(entry -> messages.add(message(trail.name(), entry)));
        try {
            target.send(messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jdbc.sql("""
                insert into access.audit_place (trail, place) values (?, ?) on conflict (trail) do update set place = excluded.place""")
                .param(trail.name()).param(entries.getLast().at().atOffset(ZoneOffset.UTC)).update();
        return entries.size();
    }

    /** RFC 5424: the message is JSON in ASCII, so that it needs no mark of its encoding. */
    static String message(String trail, AuditTrail.Entry entry) {
        return "<" + PRIORITY + ">1 " + TIME.format(entry.at()) + " " + host() + " heshi - " + trail + " - " + ascii(entry.json());
    }

    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.chars().forEach(c -> {
            if (c < 0x20 || c > 0x7E) {
                text.append("\\u%04x".formatted(c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[!-~]{1,255}") ? name : "-";
        } catch (UnknownHostException _) {
            return "-";
        }
    }
}
