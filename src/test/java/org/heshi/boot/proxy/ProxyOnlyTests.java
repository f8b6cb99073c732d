package org.heshi.boot.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

class ProxyOnlyTests {

    @Test
    void admitsTheProxyAndThisMachineOnly() {
        assertThat(ProxyOnly.admits("10.1.2.3", "10.1.2.3")).isTrue();
        assertThat(ProxyOnly.admits("10.1.2.3", "127.0.0.1")).isTrue();
        assertThat(ProxyOnly.admits("fd00::1", "fd00:0:0:0:0:0:0:1")).isTrue();
        assertThat(ProxyOnly.admits("10.1.2.3", "10.1.2.4")).isFalse();
        assertThat(ProxyOnly.admits("10.1.2.3", "fd00::1")).isFalse();
    }

    @Test
    void standsInTheWayOnlyWhenAProxyIsNamed() {
        TomcatServletWebServerFactory open = new TomcatServletWebServerFactory();
        new ProxyOnly("").customize(open);
        assertThat(open.getEngineValves()).isEmpty();

        TomcatServletWebServerFactory behind = new TomcatServletWebServerFactory();
        new ProxyOnly("10.1.2.3").customize(behind);
        assertThat(behind.getEngineValves()).hasSize(1);
    }
}
