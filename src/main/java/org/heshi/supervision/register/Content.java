package org.heshi.supervision.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Ids;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an entry holds in clear: facts and what happened to clocks. */
record Content(JsonNode data, List<Clock> clocks) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param what  started, paused, resumed, rested, woken, extended, satisfied or ended
     * @param done  when what was satisfied was done; empty: by this entry
     * @param right whether it is the time in which something may be done: nobody is late by it
     */
    record Clock(String name, int run, String what, Instant due, boolean right, Optional<Instant> done) {

        boolean isOver() {
            return what.equals("satisfied") || what.equals("ended");
        }
    }

    static Content of(String json) {
        JsonNode content = JSON.readTree(json);
        List<Clock> clocks = new ArrayList<>();
        for (JsonNode clock : content.path("clocks")) {
            clocks.add(new Clock(clock.path("name").asString(), clock.path("run").asInt(), clock.path("what").asString(),
                    Instant.parse(clock.path("due").asString()), clock.path("right").asBoolean(false),
                    clock.path("done").isString() ? Optional.of(Instant.parse(clock.path("done").asString())) : Optional.empty()));
        }
        return new Content(content.path("data"), clocks);
    }

    Optional<String> fact(String field) {
        JsonNode value = data.path(field);
        return value.isString() && !value.asString().isEmpty() ? Optional.of(value.asString()) : Optional.empty();
    }

    boolean says(String field) {
        return data.path(field).asBoolean(false);
    }

    Optional<UUID> id(String field) {
        return fact(field).flatMap(Ids::find);
    }

    List<UUID> ids(String field) {
        List<UUID> ids = new ArrayList<>();
        data.path(field).forEach(id -> Ids.find(id.asString()).ifPresent(ids::add));
        return ids;
    }
}
