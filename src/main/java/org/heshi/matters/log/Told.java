package org.heshi.matters.log;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What figures need of an entry's content. Written beside it as a short text, so that millions can be counted without opening each.
 *
 * @param late       an office's limit was over when the entry satisfied or ended it
 * @param solved     what the reporter says of it: yes, partly, no; empty when the entry says nothing of that
 * @param answeredAt for what came from elsewhere: when it was answered there
 */
public record Told(boolean late, String solved, String satisfied, Optional<Instant> answeredAt) {

    static final Told NOTHING = new Told(false, "", "", Optional.empty());
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Their facts are read; of the others only what became of limits. */
    private static final Set<String> TELL = Set.of("say", "verify", "visit", "import");

    /**
     * @param action of the entry
     * @param at     when it was recorded
     * @param content canonical
     */
    public static Told of(String action, Instant at, String content) {
        boolean tells = TELL.contains(action);
        if (!tells && !content.contains("\"what\":\"satisfied\"") && !content.contains("\"what\":\"ended\"")) {
            return NOTHING;
        }
        JsonNode read = JSON.readTree(content);
        boolean late = late(read.path("clocks"), at);
        if (!tells) {
            return late ? new Told(true, "", "", Optional.empty()) : NOTHING;
        }
        JsonNode data = read.path("data");
        return new Told(late, data.path("resolved").asString(""), data.path("satisfied").asString(""), time(data.path("answered-at")));
    }

    /** As it stands beside the entry; nothing told is an empty text. */
    public String text() {
        return equals(NOTHING) ? "" : (late ? "late" : "") + "|" + solved + "|" + satisfied + "|" + answeredAt.map(Instant::toString).orElse("");
    }

    static Told read(String text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        String[] parts = text.split("\\|", -1);
        return new Told(!parts[0].isEmpty(), parts[1], parts[2], parts[3].isEmpty() ? Optional.empty() : Optional.of(Instant.parse(parts[3])));
    }

    private static boolean late(JsonNode clocks, Instant at) {
        for (JsonNode clock : clocks) {
            String what = clock.path("what").asString("");
            if ((what.equals("satisfied") || what.equals("ended")) && !clock.path("right").asBoolean(false)
                    && !time(clock.path("done")).orElse(at).isBefore(Instant.parse(clock.path("due").asString()))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Instant> time(JsonNode value) {
        try {
            return value.isString() ? Optional.of(Instant.parse(value.asString())) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
