package org.heshi.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A resident is somebody under /follow/ only, and a staff member is nobody there. */
@HeshiTest
class ResidentOnTheFollowPagesTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    final UUID matter = UUID.randomUUID();

    @Test
    void actsAsThatPartyThereAndNowhereElse() {
        Visitor resident = new Visitor(port);
        assertThat(resident.get("/follow/test-who").body()).isEqualTo("Passerby[]");
        resident.get("/follow/test-enter?matter=" + matter);
        assertThat(resident.get("/follow/test-who").body()).isEqualTo("Resident[matter=" + matter + ", party=2]");
        assertThat(resident.get("/report/test-who").body()).isEqualTo("Passerby[]");
        assertThat(resident.get("/queue").location()).startsWith("/sign-in");
        resident.get("/follow/test-leave");
        assertThat(resident.get("/follow/test-who").body()).isEqualTo("Passerby[]");
    }

    @Test
    void getsANewSessionWithTheCode() {
        Visitor resident = new Visitor(port);
        resident.get("/follow/test-enter?matter=" + matter);
        String first = resident.cookie("heshi").orElseThrow();
        resident.get("/follow/test-enter?matter=" + UUID.randomUUID());
        assertThat(resident.cookie("heshi").orElseThrow()).isNotEqualTo(first);
        assertThat(resident.neighbour().get("/follow/test-who", "Cookie", "heshi=" + first).body()).isEqualTo("Passerby[]");
    }

    @Test
    void isNotTheStaffMemberWhoSignsInOnTheSameBrowser() {
        Visitor both = new Visitor(port);
        both.get("/follow/test-enter?matter=" + matter);
        both.signedInAs(new People(context).with(Role.HANDLER));
        assertThat(both.get("/follow/test-who").body()).isEqualTo("Passerby[]");
        assertThat(both.get("/report/test-who").body()).startsWith("Staff[");
    }
}
