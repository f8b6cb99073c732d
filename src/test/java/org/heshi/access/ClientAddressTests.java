package org.heshi.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTests {

    @Test
    void countsAHouseholdOfIpv6AsOne() {
        assertThat(ClientAddress.counted("2001:db8:1:2:aaaa::1")).isEqualTo(ClientAddress.counted("2001:db8:1:2:bbbb::2"))
                .isNotEqualTo(ClientAddress.counted("2001:db8:1:3::1"));
    }

    @Test
    void countsEachIpv4AddressForItself() {
        assertThat(ClientAddress.counted("192.0.2.7")).isEqualTo("192.0.2.7");
    }
}
