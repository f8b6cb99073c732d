package org.heshi.notices.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.notices.StandIn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Where mails and codes go: never to a page as soon as anything real is set, even if somebody offers one. */
@HeshiTest
class MailWayTests {

    @LocalServerPort
    int port;
    @Autowired
    ObjectProvider<StandIn> standIns;
    @Autowired
    MailWay way;

    private static ObjectProvider<StandIn> offered(boolean takes) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("offered", new StandIn() {
            @Override
            public boolean takes() {
                return takes;
            }

            @Override
            public String page() {
                return "/nowhere";
            }

            @Override
            public void take(Sent sent) {
                throw new AssertionError("nothing was sent");
            }
        });
        return beans.getBeanProvider(StandIn.class);
    }

    private static MailSettings host(String host) {
        return new MailSettings(host, 25, "", "", "none", "heshi@example.org");
    }

    @Test
    void leadsToAStandInOnlyWhereNothingElseIsSet() {
        assertThat(new MailWay(host(""), "", offered(true)).standIn()).isPresent();
        assertThat(new MailWay(host(""), "", offered(true)).open()).isTrue();
        assertThat(new MailWay(host("mail.example.org"), "", offered(true)).standIn()).isEmpty();
        assertThat(new MailWay(host(""), "https://sms.example.org", offered(true)).standIn()).isEmpty();
        assertThat(new MailWay(host(""), "https://sms.example.org", offered(true)).open()).isFalse();
        assertThat(new MailWay(host(""), "", offered(false)).standIn()).isEmpty();
        assertThat(new MailWay(host(""), "", offered(false)).open()).isFalse();
    }

    @Test
    void hasNoStandInAndNoPageOfOneOutsideTheDemo() {
        assertThat(standIns.getIfAvailable()).isNull();
        assertThat(way.open()).isTrue();
        assertThat(way.standIn()).isEmpty();
        assertThat(new Visitor(port).get("/demo/phone").status()).isEqualTo(404);
        assertThat(new Visitor(port).get("/follow/mine").body()).doesNotContain("/demo/phone");
    }
}
