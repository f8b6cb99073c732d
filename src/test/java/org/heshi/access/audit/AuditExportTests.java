package org.heshi.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.AuditTrail;
import org.heshi.access.Looks;
import org.heshi.boot.database.Server;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Records of who looked go to a real socket that reads syslog. */
@HeshiTest
class AuditExportTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Server server;
    @Autowired
    Looks looks;
    @Autowired
    List<AuditTrail> trails;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    private static Actor.Staff someone() {
        return new Actor.Staff(new HeldPost(UUID.randomUUID(), "窗口岗", UUID.randomUUID(), "甲某", UUID.randomUUID(), "综治中心", UnitType.CENTRE, "330681",
                Set.of(Role.WINDOW_CLERK), false));
    }

    /** A look of some seconds ago: only then nothing earlier can turn up beside it. */
    private UUID lookedAt(Actor.Staff who, int secondsAgo) throws Exception {
        UUID matter = UUID.randomUUID();
        Acting.run(who, () -> looks.record(matter));
        try (Connection c = SuperuserConnection.open(context); Statement s = c.createStatement()) {
            s.execute("update access.look set noted_at = now() - interval '%d seconds' where matter = '%s'".formatted(secondsAgo, matter));
        }
        return matter;
    }

    private void beginHere() throws Exception {
        try (Connection c = SuperuserConnection.open(context); Statement s = c.createStatement()) {
            s.execute("insert into access.audit_place select t, now() - interval '61 seconds' from unnest(array['look', 'account']) t"
                    + " on conflict (trail) do update set place = excluded.place");
        }
    }

    @Test
    void sendsEachLookOnceInOrderWithIdsAlone() throws Exception {
        try (Receiver receiver = new Receiver()) {
            AuditExport export = new AuditExport(trails, jdbc, transactions, SyslogTarget.of("tcp://127.0.0.1:" + receiver.port()));
            beginHere();
            Actor.Staff who = someone();
            UUID first = lookedAt(who, 30);
            UUID second = lookedAt(who, 20);
            UUID tooNew = lookedAt(who, 0);

            export.round();

            List<String> mine = receiver.messages().stream().filter(m -> m.contains(who.person().toString())).toList();
            assertThat(mine).hasSize(2);
            assertThat(mine.get(0)).matches("<110>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z \\S+ heshi - look - \\{.*}")
                    .contains("\"event\": \"look\"").contains(first.toString()).contains(who.post().toString()).contains(who.unit().toString()).doesNotContain("noted_at");
            assertThat(mine.get(1)).contains(second.toString());
            assertThat(receiver.messages()).noneMatch(m -> m.contains(tooNew.toString()));

            export.round();
            assertThat(receiver.messages().stream().filter(m -> m.contains(first.toString()))).as("not a second time").hasSize(1);
        }
    }

    @Test
    void keepsItsPlaceWhileTheServerIsAwayAndGoesOnFromThere() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        beginHere();
        Actor.Staff who = someone();
        UUID matter = lookedAt(who, 25);
        AuditExport export = new AuditExport(trails, jdbc, transactions, SyslogTarget.of("tcp://127.0.0.1:" + port));
        assertThatThrownBy(export::round).isInstanceOf(IOException.class);
        assertThatThrownBy(export::round).isInstanceOf(IOException.class);

        try (Receiver receiver = new Receiver(port)) {
            export.round();
            assertThat(receiver.messages().stream().filter(m -> m.contains(matter.toString()))).hasSize(1);
        }
    }

    @Test
    void leavesOutNothingThatIsCommittedLate() throws Exception {
        try (Receiver receiver = new Receiver(); Connection late = server.connectAsApp()) {
            AuditExport export = new AuditExport(trails, jdbc, transactions, SyslogTarget.of("tcp://127.0.0.1:" + receiver.port()));
            beginHere();
            Actor.Staff who = someone();
            UUID matter = UUID.randomUUID();
            // a transaction of the program that takes long: begun before the other look, committed after it was sent for
            late.setAutoCommit(false);
            try (Statement s = late.createStatement()) {
                s.execute("select set_config('app.kind', 'staff', true), set_config('app.person', '%s', true), set_config('app.post', '%s', true),"
                        .formatted(who.person(), who.post()) + " set_config('app.unit', '%s', true)".formatted(who.unit()));
                s.execute("insert into access.look (person, matter, hour, post, unit) values ('%s', '%s', date_trunc('hour', now(), 'UTC'), '%s', '%s')"
                        .formatted(who.person(), matter, who.post(), who.unit()));
            }
            Thread.sleep(5200);
            export.round();
            late.commit();
            Thread.sleep(500);

            export.round();

            assertThat(receiver.messages().stream().filter(m -> m.contains(matter.toString()))).hasSize(1);
        }
    }

    @Test
    void sendsDatagramsWhereThatIsAsked() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(5000);
            SyslogTarget.of("udp://127.0.0.1:" + socket.getLocalPort()).send(List.of(AuditExport.message("look",
                    new AuditTrail.Entry(Instant.parse("2026-11-22T01:30:00Z"), "{\"event\": \"登\"}"))));
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)).startsWith("<110>1 2026-11-22T01:30:00.000000Z ")
                    .endsWith(" heshi - look - {\"event\": \"\\u767b\"}");
        }
    }

    /** Reads messages as RFC 6587 counts them, and closes when the sender has. */
    private static final class Receiver implements AutoCloseable {

        private final ServerSocket server;
        private final List<String> messages = new CopyOnWriteArrayList<>();

        Receiver() throws IOException {
            this(0);
        }

        Receiver(int port) throws IOException {
            server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        read(socket.getInputStream());
                    } catch (IOException _) {
                        return;
                    }
                }
            });
        }

        private void read(InputStream in) throws IOException {
            List<String> read = new ArrayList<>();
            while (true) {
                ByteArrayOutputStream count = new ByteArrayOutputStream();
                int b = in.read();
                while (b >= '0' && b <= '9') {
                    count.write(b);
                    b = in.read();
                }
                if (b < 0) {
                    break;
                }
                read.add(new String(in.readNBytes(Integer.parseInt(count.toString(StandardCharsets.US_ASCII))), StandardCharsets.UTF_8));
            }
            messages.addAll(read);
        }

        int port() {
            return server.getLocalPort();
        }

        List<String> messages() {
            return messages;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
