package org.heshi.supervision.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog.Now;
import org.jspecify.annotations.Nullable;

/**
 * What a matter counts for in the rates, as it stands after some of its entries. Pure: each entry makes the next one.
 *
 * @param scopeWas where it counted before the code of its place ended; null for nearly all
 * @param ownWord whether the resident said themselves, since the last answer, what stands in {@code resolved} and {@code satisfied}
 */
record Figure(UUID matter, String kind, String channel, String category, String outcome, String scope, @Nullable String scopeWas, int level, @Nullable UUID unit, boolean office, boolean walled,
        @Nullable Instant assignedAt, @Nullable Instant signDue, @Nullable Instant signedAt, @Nullable Instant closedAt, @Nullable String resolved,
        @Nullable String satisfied, boolean ownWord, boolean unreachable, int seq) {

    /** The limit for signing, as the shared fragment of procedures names it. */
    private static final String SIGN = "sign";
    /** Where signing is only a right to object, the lead responds by giving notice whether it takes the matter on. */
    private static final String NOTICE = "notice";
    /** After these nothing is known yet of what the resident thinks. */
    private static final Set<String> NEW_ROUND = Set.of("answer", "answer-at-once", "answer-suggestion", "answer-conduct", "not-accept", "review-decide",
            "recheck-decide", "reopen", "unmerge", "remediate");
    /** By these a matter that ended goes on. */
    private static final Set<String> BEGINS = Set.of("reopen", "unmerge", "remediate");
    private static final Set<String> UNREACHED = Set.of("unreachable", "no-contact");
    private static final Set<String> RESOLVED = Set.of("yes", "partly", "no");
    private static final Set<String> SATISFIED = Set.of("yes", "fair", "no");

    /** A matter of which no entry was counted yet. */
    static Figure first(LoggedEntry entry, Now now) {
        return new Figure(entry.matter(), now.kind(), "", "", "", now.scope(), null, now.level(), null, false, false, null, null, null, null, null, null, false, false, 0);
    }

    Figure after(LoggedEntry entry, Content content, Now now) {
        if (entry.seq() <= seq) {
            return this;
        }
        boolean about = office || content.says("about-office") || content.fact("accused").isPresent() || !now.barred().isEmpty();
        // what is about an office counts with the organ that received it, never with the office or its town (decision 5)
        UUID counted = about ? now.units().getOrDefault("desk", Set.of()).stream().findFirst().orElse(null)
                : now.lead().orElse(now.terminal() ? unit : null);
        boolean begins = BEGINS.contains(entry.action());
        Instant assigned = assignedAt;
        Instant due = signDue;
        Instant signed = signedAt;
        for (Content.Clock clock : responses(content)) {
            if (clock.what().equals("started")) {
                assigned = entry.recordedAt();
                due = clock.due();
                signed = null;
            } else if (clock.what().equals("satisfied")) {
                signed = entry.recordedAt();
            } else if (clock.what().equals("ended") && due != null && entry.recordedAt().isBefore(due)) {
                // it ended otherwise before it was due: nobody had to sign
                assigned = null;
                due = null;
            }
        }
        boolean ends = now.terminal() && entry.toState().equals(now.state()) && !entry.fromState().equals(Optional.of(entry.toState()));
        Instant closed = !now.terminal() || begins ? null : ends ? entry.recordedAt() : closedAt;
        String solved = begins ? null : resolved;
        String pleased = begins ? null : satisfied;
        boolean unreached = !begins && unreachable;
        boolean own = ownWord && !NEW_ROUND.contains(entry.action());
        boolean says = entry.action().equals("say");
        // what staff wrote down never replaces what the resident said themselves
        if (says || !own && Set.of("verify", "visit").contains(entry.action())) {
            boolean notReached = content.fact("asked").or(() -> content.fact("reached")).filter(UNREACHED::contains).isPresent();
            Optional<String> newSolved = content.fact("resolved").filter(RESOLVED::contains);
            Optional<String> newSatisfied = content.fact("satisfied").filter(SATISFIED::contains);
            if (newSolved.isPresent() || newSatisfied.isPresent()) {
                // the newest word counts as a whole
                solved = newSolved.orElse(null);
                pleased = newSatisfied.orElse(null);
                unreached = false;
                own = says;
            } else if (notReached && solved == null && pleased == null) {
                unreached = true;
            }
        }
        return new Figure(matter, now.kind(), now.channel(), now.category().orElse(""), now.outcome().orElse(""), now.scope(), scopeWas, now.level(), counted, about,
                !now.barred().isEmpty() || !now.barredPosts().isEmpty(), assigned, due, signed, closed, solved, pleased, own, unreached,
                entry.seq());
    }

    /** The limits for the lead's first response: for signing, unless that is a right, then for notice. */
    private static List<Content.Clock> responses(Content content) {
        return content.clocks().stream().filter(clock -> !clock.right() && Set.of(SIGN, NOTICE).contains(clock.name())).toList();
    }

    /** The same at a place whose code ended. */
    Figure before(@Nullable String scope) {
        return Objects.equals(scope, scopeWas) ? this : new Figure(matter, kind, channel, category, outcome, this.scope, scope, level, unit, office, walled, assignedAt, signDue, signedAt,
                closedAt, resolved, satisfied, ownWord, unreachable, seq);
    }

    /** Whether it counts as the other does, however far either was counted. */
    boolean countsAs(Figure other) {
        return equals(new Figure(matter, other.kind, other.channel, other.category, other.outcome, other.scope, other.scopeWas, other.level, other.unit, other.office, other.walled,
                other.assignedAt, other.signDue, other.signedAt, other.closedAt, other.resolved, other.satisfied, other.ownWord, other.unreachable, seq));
    }

    static Figure read(ResultSet r, int row) throws SQLException {
        return new Figure(r.getObject("matter", UUID.class), r.getString("kind"), r.getString("channel"), r.getString("category"), r.getString("outcome"),
                r.getString("scope"), r.getString("scope_was"), r.getInt("level"), r.getObject("unit", UUID.class), r.getBoolean("office"), r.getBoolean("walled"), time(r, "assigned_at"),
                time(r, "sign_due"), time(r, "signed_at"), time(r, "closed_at"), r.getString("resolved"), r.getString("satisfied"),
                r.getBoolean("own_word"), r.getBoolean("unreachable"), r.getInt("seq"));
    }

    private static @Nullable Instant time(ResultSet r, String column) throws SQLException {
        OffsetDateTime at = r.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
