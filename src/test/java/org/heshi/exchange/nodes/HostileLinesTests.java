package org.heshi.exchange.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Chains;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Lines that another installation wrote, or somebody who says so: whatever they hold, nothing that was changed comes in, and nothing breaks or hangs. */
@HeshiTest
class HostileLinesTests {

    private static final List<String> PIECES = List.of("", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-0", "1e999", "9999999999999999999999", "\\u0000", "\\ud800", "\u202e",
            "\"number\":\"0012612345678\",", "\"seq\":-1,", "\"digest\":\"\",", "2026-13-40T99:99:99Z", "../../../x", "'; drop table x; --");

    @Autowired
    ApplicationContext context;
    @Autowired
    Chains chains;

    @Test
    void areTakenForNothingThatTheyAreNot() {
        FollowedMatter staff = FollowedMatter.inAVillage(context);
        Answer.Done matter = staff.report(Map.of("title", "原来的标题"));
        staff.takeToTheHandler(matter.matter());
        List<String> written = new ArrayList<>();
        Acting.run(new Actor.Machine("exporter"), () -> chains.write(List.of(matter.matter()), written::add));
        String line = written.getFirst();
        Random random = new Random(20261122);
        List<String> lines = new ArrayList<>(List.of("", "null", "[]", "{}", "{\"matter\":{}}", "[".repeat(50_000), "{\"a\":".repeat(50_000), "\"" + "x".repeat(5_000_000) + "\"", line + line,
                line.substring(1), "\uFEFF" + line, line.replace("原来的标题", "另外的标题"), line.replace("\"seq\":1", "\"seq\":2"), line.replace("\"seq\":1", "\"seq\":\"一\""), line.replace("\"ordinal\":0", "\"ordinal\":{}"), line.replace("true", "false"), line.replaceAll("[0-9]", "9"),
                line.replaceAll(":\"[^\"]*\"", ":[]"), line.replaceAll(":\"[^\"]*\"", ":null"), line.replaceAll(":\\[", ":[null,"), line.replace("{", "{\"@class\":\"java.lang.Runtime\",")));
        for (int i = 0; i < (Boolean.getBoolean("heshi.full") ? 20_000 : 400); i++) {
            int from = random.nextInt(line.length());
            int to = Math.min(line.length(), from + random.nextInt(12));
            lines.add(line.substring(0, from) + PIECES.get(random.nextInt(PIECES.size())) + line.substring(to));
        }
        long before = matters();
        for (String one : lines) {
            long began = System.nanoTime();
            Chains.Admission admission = Acting.as(new Actor.Machine("importer"), () -> {
                chains.files(one);
                return chains.admit(one);
            });
            assertThat(admission).as(one.substring(0, Math.min(300, one.length()))).isNotInstanceOf(Chains.Admission.Done.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
        assertThat(matters()).isEqualTo(before);
        assertThat(staff.history(matter.matter()).getLast().action()).isEqualTo("accept");
    }

    private long matters() {
        return Acting.as(new Actor.Machine("verify"), () -> chains.count(new Chains.Selection("", Optional.empty())));
    }
}
