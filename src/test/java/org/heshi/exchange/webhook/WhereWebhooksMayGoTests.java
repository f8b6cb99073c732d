package org.heshi.exchange.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhereWebhooksMayGoTests {

    private static Targets to(String address, String... allowed) {
        return new Targets(List.of(allowed).stream().map(Network::of).toList(), false, _ -> new InetAddress[]{InetAddress.getByName(address)});
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.1.2", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16", "224.0.0.1",
            "239.255.255.250", "240.0.0.1", "255.255.255.255", "100.64.0.1", "198.18.0.1", "192.0.2.1", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fc00::1",
            "fd12:3456::1", "fd00:ec2::254", "ff02::1", "fec0::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1"})
    void neverToThisMachineOrWhatOnlyItsNetworkReaches(String address) {
        assertThatThrownBy(() -> to(address).resolve(URI.create("https://target.example.org/"))).isInstanceOf(Targets.Refused.class).hasMessage("forbidden-address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"114.114.114.114", "8.8.8.8", "172.32.0.1", "172.15.255.255", "192.167.1.1", "11.0.0.1", "2400:3200::1", "2606:4700::1111"})
    void toEverybodysNetwork(String address) throws Exception {
        assertThat(to(address).resolve(URI.create("https://target.example.org/"))).isEqualTo(InetAddress.getByName(address));
    }

    @Test
    void toThePrivateNetworkThatTheCountyAllowsAndNoOther() throws Exception {
        URI target = URI.create("https://hotline.county/in");
        assertThat(to("10.20.3.4", "10.20.0.0/16").resolve(target)).isEqualTo(InetAddress.getByName("10.20.3.4"));
        assertThat(to("fd12::9", "fd12::/48").resolve(target)).isEqualTo(InetAddress.getByName("fd12::9"));
        assertThatThrownBy(() -> to("10.21.3.4", "10.20.0.0/16").resolve(target)).isInstanceOf(Targets.Refused.class);
        for (String never : List.of("127.0.0.1", "169.254.169.254", "100.100.100.200", "::1")) {
            assertThatThrownBy(() -> to(never, "0.0.0.0/0", "::/0").resolve(target)).as(never).isInstanceOf(Targets.Refused.class);
        }
    }

    @Test
    void neverToOneOfTheirOwnAddressesEvenWhereItsNetworkIsAllowed() throws Exception {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress own : Collections.list(card.getInetAddresses())) {
                Targets all = new Targets(List.of(Network.of("0.0.0.0/0"), Network.of("::/0")), false, _ -> new InetAddress[]{own});
                assertThat(all.mayBeCalled(own)).as(own.toString()).isFalse();
            }
        }
    }

    @Test
    void nowhereWhenOnlyOneOfTheirAddressesIsForbidden() {
        Targets both = new Targets(List.of(), false, _ -> new InetAddress[]{InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")});
        assertThatThrownBy(() -> both.resolve(URI.create("https://two.example.org/"))).hasMessage("forbidden-address");
    }

    @Test
    void whereTheNameLeadsAtThatMomentAndNotWhereItLedBefore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Targets rebound = new Targets(List.of(), false, _ -> new InetAddress[]{InetAddress.getByName(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")});
        URI target = URI.create("https://rebound.example.org/");
        assertThat(rebound.resolve(target).getHostAddress()).isEqualTo("8.8.8.8");
        assertThatThrownBy(() -> rebound.resolve(target)).hasMessage("forbidden-address");
    }

    @Test
    void nowhereWhenNobodyKnowsTheName() {
        Targets unknown = new Targets(List.of(), false, host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> unknown.resolve(URI.create("https://nobody.example.org/"))).hasMessage("unknown-host");
    }

    @Test
    void withoutTlsOnlyToThisMachineAndOnlyWhereThatIsAllowed() throws Exception {
        Targets trying = new Targets(List.of(), true, InetAddress::getAllByName);
        assertThat(trying.resolve(URI.create("http://127.0.0.1:9/")).isLoopbackAddress()).isTrue();
        assertThatThrownBy(() -> new Targets(List.of(), true, _ -> new InetAddress[]{InetAddress.getByName("8.8.8.8")}).resolve(URI.create("http://x.example.org/")))
                .hasMessage("forbidden-address");
        assertThat(new Targets(List.of(), false, InetAddress::getAllByName).read("http://127.0.0.1:9/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ftp://a.example.org/", "https://", "https:///x", "https://user:pw@a.example.org/", "https://a.example.org/#x", "https://a.example.org:0/", "https://a.example.org:70000/",
            "https://a.example.org/\r\nHost: b", "https://例子.中国/", "javascript:alert(1)", "file:///etc/passwd", "https://a b.example.org/"})
    void toNothingThatIsNoWholeAddress(String typed) {
        assertThat(new Targets(List.of(), false, InetAddress::getAllByName).read(typed)).isEmpty();
    }

    @Test
    void aNameWhoseServerHangsKeepsNobodyElseWaiting() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Targets targets = new Targets(List.of(), false, host -> {
            if (host.startsWith("slow")) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new UnknownHostException(host);
                }
            }
            return new InetAddress[]{InetAddress.getByName("8.8.8.8")};
        });
        for (int i = 0; i < 50; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    targets.resolve(URI.create("https://slow.example.org/"));
                } catch (Targets.Refused _) {
                    // after five seconds
                }
            });
        }
        long start = System.nanoTime();
        targets.resolve(URI.create("https://quick.example.org/"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        never.countDown();
    }

    @Test
    void theScheduleIsThatOfTheSpecificationWithAFifthOfChance() {
        Random chance = new Random(5);
        List<Duration> expected = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(14),
                Duration.ofHours(20), Duration.ofHours(24));
        for (int round = 0; round < 200; round++) {
            for (int attempt = 1; attempt <= 9; attempt++) {
                Duration pause = Schedule.STANDARD.after(attempt, Optional.empty(), chance).orElseThrow();
                long part = expected.get(attempt - 1).toMillis() / 5;
                assertThat(pause.toMillis()).isBetween(expected.get(attempt - 1).toMillis() - part - 1, expected.get(attempt - 1).toMillis() + part + 1);
            }
        }
        assertThat(Schedule.STANDARD.after(10, Optional.empty(), chance)).isEmpty();
        assertThat(Schedule.STANDARD.after(1, Optional.of(Duration.ofMinutes(3)), chance)).contains(Duration.ofMinutes(3));
        assertThat(Schedule.STANDARD.after(1, Optional.of(Duration.ofDays(300)), chance)).as("nobody makes us wait for ever").contains(Duration.ofHours(24));
        assertThat(Schedule.STANDARD.rest(1, Optional.empty())).isZero();
        assertThat(Schedule.STANDARD.rest(50, Optional.empty())).isEqualTo(Duration.ofSeconds(300));
    }
}
