package org.heshi.matters.log;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an act is, without whose and when: the same for thousands of entries, so that it stands once ({@code matters.step}) and each has its number. */
public record Step(String action, String kind, int procedure, @Nullable String fromKind, @Nullable Integer fromProcedure, @Nullable String fromState, String to,
        @Nullable String turn, String actorKind, List<String> audience) {

    /** The first 64 bits of a digest of all of it, as {@code matters.step_id} makes it. */
    public long id() {
        String said = String.join("|", action, kind, Integer.toString(procedure), or(fromKind), or(fromProcedure), or(fromState), to, or(turn), actorKind,
                String.join(",", audience));
        return ByteBuffer.wrap(Digests.of(said)).getLong();
    }

    private static String or(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
