package org.heshi.matters.generate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.log.Digests;
import org.heshi.matters.log.Packed;
import org.heshi.matters.log.Step;
import org.heshi.matters.log.Steps;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.springframework.stereotype.Component;

/**
 * Writes matters by COPY with true digests and commitments: each verifies like any other. For benches only; it needs a connection of the
 * tables' owner, which the running program does not have.
 */
@Component
public class ManyMatters {

    private static final int CHUNK = 10_000;
    private static final String[] THINGS = {"路灯不亮", "下水道堵塞", "夜间施工噪音", "消防通道被占", "工资没有发放", "邻居围墙越界", "垃圾无人清运", "道路坑洼", "停水没有通知", "电动车楼道充电"};
    private static final String[] PLACES = {"菜场东口", "小学门前", "三单元楼下", "老供销社对面", "村口石桥", "公交站旁", "河边步道", "停车场入口"};

    private final Procedures procedures;
    private final Seals seals;

    ManyMatters(Procedures procedures, Seals seals) {
        this.seals = seals;
        this.procedures = procedures;
    }

    /**
     * @param from     number of the first, so that a later call goes on where an earlier one ended
     * @param to       number after the last
     * @param towns    codes of places
     * @param desk     the centre
     * @param leads    units that handle them, evenly
     * @param newest   when the last one was recorded; one a minute before it
     * @param open     whether all of them are open, one each half second, under limits that word is still to be given of; three of four of those were counted
     *                 without regard to weekends
     */
    public record Order(int from, int to, List<String> towns, UUID desk, List<UUID> leads, Instant newest, boolean open) {
    }

    /** One in four is open: half of those with their lead. */
    private record One(UUID id, UUID key, String number, Instant at, String state, String turn, boolean terminal, int level, String category, String town, UUID lead,
            String title, String description, String content, byte[] digest, byte[][] salts) {
    }

    private static Step imported(Procedure procedure, One m) {
        return new Step("import", "service", procedure.version(), null, null, null, m.state, null, "machine", List.of("reporter", "staff"));
    }

    public void write(Connection owner, Order order, LongConsumer progress) throws SQLException, IOException {
        owner.setAutoCommit(false);
        Procedure procedure = procedures.current("service");
        for (int from = order.from(); from < order.to(); from += CHUNK) {
            List<One> chunk = new ArrayList<>(CHUNK);
            for (int i = from; i < Math.min(from + CHUNK, order.to()); i++) {
                chunk.add(one(i, order, procedure));
            }
            CopiedRows.copy(owner, """
                    matters.matter (id, words_key, number, kind, procedure, state, terminal, turn, version, head, category, level, channel, division_code, scope_code,
                    lead, outcome, occurred_at, recorded_at, entered_at, last_at, closed_at, reopen_until, imported)""", chunk, (m, row) -> {
                row.add(m.id, m.key, m.number, "service", procedure.version(), m.state, m.terminal, m.turn, 1, m.digest, m.category, m.level, "import", m.town,
                        m.town, m.lead, m.terminal ? "resolved" : null, m.at, m.at, m.at, m.at, m.terminal ? m.at : null, m.terminal ? m.at : null, true);
            });
            Steps.put(owner, chunk.stream().map(m -> imported(procedure, m)).toList());
            CopiedRows.copy(owner, "matters.entry_row (matter, seq, step, recorded_at, occurred_at, packed, digest_version, digest)", chunk, (m, row) ->
                    row.add(m.id, 1, imported(procedure, m).id(), m.at, m.at, Packed.pack(m.content), 1, m.digest));
            CopiedRows.copy(owner, "matters.particular (matter, field, seq, ordinal, party, class, sealed)", chunk, (m, row) -> {
                row.add(m.id, "title", 1, 0, null, "words", seals.seal(m.key, m.id, 1, "title", 0, m.salts[0], m.title));
                row.add(m.id, "description", 1, 0, null, "words",
                        seals.seal(m.key, m.id, 1, "description", 0, m.salts[1], m.description));
            });
            CopiedRows.copy(owner, "matters.party (matter, party, role)", chunk, (m, row) -> row.add(m.id, 1, "reporter"));
            CopiedRows.copy(owner, """
                    matters.clock (matter, name, run, kind, procedure, relation, unit, length, hours, started_at, due_at, provisional, edition, pauses, extended,
                    extended_days, said, next_at, owed)""", chunk.stream().filter(m -> !m.terminal).toList(), (m, row) -> {
                Instant due = CivilTime.startOf(CivilTime.dateOf(m.at).plusDays(8));
                // else a term that nobody is told of: the past would come due all at once
                row.add(m.id, "total", 1, "service", procedure.version(), "lead", m.lead, order.open() && m.level == 0 ? "7 WORKDAY" : "7 DAY", "always", m.at,
                        due, false, 0, "{}", 0, 0, order.open() ? 0 : 2, order.open() ? due.plus(Duration.ofMinutes(510)) : null, true);
            });
            CopiedRows.copy(owner, "matters.holding (matter, unit, relation, division_code, turn, state, kind, level, since)", chunk, (m, row) -> {
                hold(row, m, order.desk(), "desk");
                hold(row, m, order.desk(), "verifier");
                hold(row, m, m.lead, "lead");
            });
            owner.commit();
            progress.accept(chunk.size());
        }
    }

    private static void hold(CopiedRows row, One m, UUID unit, String relation) throws SQLException {
        boolean turn = relation.equals(m.turn);
        row.add(m.id, unit, relation, m.town, turn, turn ? m.state : null, turn ? "service" : null, turn ? m.level : null, turn ? m.at : null);
    }

    private One one(int i, Order order, Procedure procedure) {
        SplittableRandom random = new SplittableRandom(i * 0x9E3779B97F4A7C15L + 1);
        Instant at = order.newest().minus((order.open() ? Duration.ofMillis(500) : Duration.ofMinutes(1)).multipliedBy(order.to() - i)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        UUID id = id(at, random);
        String number = number(900, i, at);
        String state = switch (random.nextInt(order.open() ? 10 : 40)) {
            case 0, 1 -> "registered";
            case 2, 3 -> "assigned";
            case 4, 5, 6 -> "accepted";
            case 7, 8, 9 -> "answered";
            default -> "closed";
        };
        Procedure.State reached = procedure.state(state);
        String town = order.towns().get(random.nextInt(order.towns().size()));
        UUID lead = order.leads().get(random.nextInt(order.leads().size()));
        String thing = THINGS[random.nextInt(THINGS.length)];
        String place = PLACES[random.nextInt(PLACES.length)];
        String title = place + thing;
        String description = place + "这里" + thing + "已经有" + (1 + random.nextInt(30)) + "天，附近住户都受影响，希望尽快来人看看，办好以后告诉我们一声。编号" + i + "。";
        String category = "%02d".formatted(1 + random.nextInt(12));
        int level = random.nextInt(20) == 0 ? 2 : random.nextInt(5) == 0 ? 1 : 0;
        byte[][] salts = {salt(random), salt(random)};
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("v", Digests.VERSION);
        content.put("matter", id.toString());
        content.put("number", number);
        content.put("seq", 1);
        content.put("action", "import");
        content.put("kind", "service");
        content.put("procedure", procedure.version());
        content.put("from", null);
        content.put("fromProcedure", null);
        content.put("to", state);
        content.put("actor", Map.of("kind", "machine", "name", "importer"));
        content.put("recordedAt", at.toString());
        content.put("occurredAt", at.toString());
        content.put("audience", List.of("reporter", "staff"));
        content.put("data", Map.of("state", state, "category", category, "place", town, "lead", lead.toString(), "occurred-at", at.toString()));
        content.put("commitments", List.of(commitment("title", salts[0], title), commitment("description", salts[1], description)));
        content.put("previous", Digests.hex(Digests.NOTHING));
        String canonical = CanonicalJson.write(content);
        return new One(id, seals.freshKey(), number, at, state, reached.turn().code(), reached.terminal(), level, category, town, lead, title, description, canonical,
                Digests.of(canonical), salts);
    }

    private static Map<String, Object> commitment(String field, byte[] salt, String value) {
        return Map.of("field", field, "ordinal", 0, "class", "words", "hmac", Digests.commitment(salt, value));
    }

    static UUID id(Instant at, SplittableRandom random) {
        return new UUID(at.toEpochMilli() << 16 | 0x7000 | random.nextInt(4096), random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 1L << 63);
    }

    /** Every number of the node and year once, in an order that looks like none. */
    static String number(int node, int i, Instant at) {
        return MatterNumber.draw(node + i / 10_000_000, CivilTime.of(at).getYear(), new Fixed((int) ((i * 7_654_321L) % 10_000_000))).digits();
    }

    /** Draws the one number it was given. */
    private record Fixed(int value) implements java.util.random.RandomGenerator {

        @Override
        public long nextLong() {
            return value;
        }

        @Override
        public int nextInt(int bound) {
            return value;
        }
    }

    static byte[] salt(SplittableRandom random) {
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        return salt;
    }
}
