package org.heshi.privacy.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.matters.Hall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** PIPL 57: what must be told is written down, what is missing stands there, and nothing is changed afterwards. */
@HeshiTest
class TheBookOfBreachesTests {

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    private Hall hall;
    private Visitor auditor;

    @BeforeEach
    void makes() {
        hall = new Hall(context);
        auditor = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, hall.county, Role.AUDITOR));
        auditor.get("/privacy/incidents/new");
    }

    private String begin() {
        Visitor.Answer answer = auditor.post("/privacy/incidents/new", Map.of("title", "误发名单" + hall.county, "foundAt", "2026-01-05T09:30", "words", "电话号码，约三十人"));
        assertThat(answer.status()).isEqualTo(303);
        return answer.location();
    }

    @Test
    void saysWhatTheLawAsksForAndIsMissing() {
        String address = begin();
        assertThat(auditor.get(address).body()).contains("还缺", "原因、可能造成的危害", "已报告履行个人信息保护职责的部门、已通知个人");
        for (String what : new String[] {"cause", "harm", "remedy"}) {
            assertThat(auditor.post(address, Map.of("what", what, "words", "事实")).status()).isEqualTo(303);
        }
        assertThat(auditor.post(address, Map.of("what", "told-authority", "words", "电话报告", "doneAt", "2026-01-05T21:30")).status()).isEqualTo(303);
        assertThat(auditor.post(address, Map.of("what", "not-told", "words", "已收回，没有危害")).status()).isEqualTo(303);
        assertThat(auditor.get(address).body()).contains("发现后 12 小时", "都有了");
        assertThat(auditor.get("/privacy/incidents").body()).contains("误发名单" + hall.county);
    }

    @Test
    void refusesWhatIsNotYetAndWhatIsNothing() {
        assertThat(auditor.post("/privacy/incidents/new", Map.of("title", "", "foundAt", "2199-01-01T00:00", "words", "")).body()).contains("还没有到");
        String address = begin();
        assertThat(auditor.post(address, Map.of("what", "nonsense", "words", "x")).status()).isEqualTo(422);
        assertThat(auditor.post(address, Map.of("what", "harm", "words", "x", "doneAt", "gestern")).status()).isEqualTo(422);
    }

    @Test
    void isForNobodyElseAndNobodyElsesPlace() {
        String address = begin();
        People people = new People(context);
        assertThat(new Visitor(port).signedInAs(people.in(UnitType.CENTRE, hall.county, Role.DISPATCHER)).get(address).status()).isEqualTo(403);
        Hall other = new Hall(context);
        Visitor stranger = new Visitor(port).signedInAs(people.in(UnitType.CENTRE, other.county, Role.AUDITOR));
        assertThat(stranger.get(address).status()).isEqualTo(404);
        assertThat(stranger.get("/privacy/incidents").body()).doesNotContain("误发名单" + hall.county);
    }

    @Test
    void isChangedByNobodyAfterwards() throws SQLException {
        begin();
        try (Connection all = SuperuserConnection.open(context); Statement s = all.createStatement()) {
            assertThatThrownBy(() -> s.executeUpdate("update privacy.incident set title = 'x'")).hasMessageContaining("only added to");
            assertThatThrownBy(() -> s.executeUpdate("delete from privacy.incident_note")).hasMessageContaining("only added to");
        }
    }
}
