package org.heshi.privacy.rights;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.WholeLog;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads in the log which requests were made and how they were answered. */
@Component
class RightsFollower implements Follower {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final WholeLog log;

    RightsFollower(@Qualifier("follower") JdbcClient jdbc, WholeLog log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    @Override
    public String name() {
        return "rights";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        for (LoggedEntry entry : batch) {
            if (!entry.kind().equals(Requests.KIND)) {
                continue;
            }
            JsonNode content = JSON.readTree(entry.content());
            JsonNode data = content.path("data");
            switch (entry.action()) {
                // written at once by who made it, unless that was killed in between
                case Requests.REQUEST -> about(data).ifPresent(about -> jdbc.sql(Requests.INSERT).params(entry.matter(), content.path("number").asString(),
                        about.matter(), data.path("about").asString(), Math.max(1, data.path("party").asInt(1)), data.path("what").asString(),
                        data.path("kin").asBoolean(false), entry.recordedAt().atOffset(ZoneOffset.UTC)).update());
                case "grant", "refuse" -> jdbc.sql("update privacy.request set outcome = ?, answered_at = ? where request = ? and answered_at is null")
                        .params(entry.action().equals("refuse") ? "refused" : data.path("outcome").asString("granted"), entry.recordedAt().atOffset(ZoneOffset.UTC),
                                entry.matter()).update();
                default -> {
                    // what is said besides changes nothing here
                }
            }
        }
    }

    private Optional<WholeLog.Placed> about(JsonNode data) {
        return MatterNumber.parse(data.path("about").asString("")).flatMap(number -> log.placed(number, 1));
    }
}
