package org.heshi.matters.act;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.heshi.matters.log.Digests;
import org.jspecify.annotations.Nullable;

/** The current row of a matter while an action changes it. */
final class Row {

    UUID id;
    /** Names the key of its words. */
    UUID key;
    String number = "";
    String kind = "";
    int procedure;
    String state = "";
    boolean terminal;
    String turn = "";
    int version;
    byte[] head = Digests.NOTHING;
    @Nullable String category;
    int level;
    String channel = "";
    String division = "";
    String scope = "";
    @Nullable Double latitude;
    @Nullable Double longitude;
    @Nullable UUID lead;
    @Nullable UUID accused;
    @Nullable String outcome;
    @Nullable Integer rating;
    @Nullable Instant occurredAt;
    Instant recordedAt = Instant.EPOCH;
    Instant enteredAt = Instant.EPOCH;
    Instant lastAt = Instant.EPOCH;
    @Nullable Instant closedAt;
    @Nullable Instant reopenUntil;
    @Nullable UUID mergedInto;
    @Nullable UUID splitFrom;
    @Nullable String orderNumber;
    boolean imported;
    /** It came in as a complaint about an office, perhaps one that was named in words only. */
    boolean aboutOffice;
    /** Put away or erased: only the house acts on it any more. */
    boolean ended;

    /** What it was about when it was read. */
    private @Nullable About before;

    /** What most actions leave as it is. */
    private record About(UUID key, @Nullable String category, String channel, String division, String scope, @Nullable Double latitude, @Nullable Double longitude,
            @Nullable UUID accused, @Nullable Instant occurredAt, @Nullable UUID mergedInto) {
    }

    private About about() {
        return new About(key, category, channel, division, scope, latitude, longitude, accused, occurredAt, mergedInto);
    }

    /** Whether it is about the same as when it was read: the same category and place, the same words' key, the same office complained about. */
    boolean isAboutTheSame() {
        return about().equals(before);
    }

    Row(UUID id, UUID key) {
        this.id = id;
        this.key = key;
    }

    static Row of(ResultSet r) throws SQLException {
        Row row = new Row(r.getObject("id", UUID.class), r.getObject("words_key", UUID.class));
        row.number = r.getString("number");
        row.kind = r.getString("kind");
        row.procedure = r.getInt("procedure");
        row.state = r.getString("state");
        row.terminal = r.getBoolean("terminal");
        row.turn = r.getString("turn");
        row.version = r.getInt("version");
        row.head = r.getBytes("head");
        row.category = r.getString("category");
        row.level = r.getInt("level");
        row.channel = r.getString("channel");
        row.division = r.getString("division_code");
        row.scope = r.getString("scope_code");
        row.latitude = (Double) r.getObject("latitude");
        row.longitude = (Double) r.getObject("longitude");
        row.lead = r.getObject("lead", UUID.class);
        row.accused = r.getObject("accused", UUID.class);
        row.outcome = r.getString("outcome");
        Object rating = r.getObject("rating");
        row.rating = rating == null ? null : ((Number) rating).intValue();
        row.occurredAt = instant(r, "occurred_at");
        row.recordedAt = r.getObject("recorded_at", OffsetDateTime.class).toInstant();
        row.enteredAt = r.getObject("entered_at", OffsetDateTime.class).toInstant();
        row.lastAt = r.getObject("last_at", OffsetDateTime.class).toInstant();
        row.closedAt = instant(r, "closed_at");
        row.reopenUntil = instant(r, "reopen_until");
        row.mergedInto = r.getObject("merged_into", UUID.class);
        row.splitFrom = r.getObject("split_from", UUID.class);
        row.orderNumber = r.getString("order_number");
        row.imported = r.getBoolean("imported");
        row.aboutOffice = r.getBoolean("about_office");
        row.ended = r.getObject("put_away_at") != null || r.getObject("erased_at") != null;
        row.before = row.about();
        return row;
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        OffsetDateTime at = r.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
