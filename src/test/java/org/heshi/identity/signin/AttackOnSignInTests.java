package org.heshi.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Throttle;
import org.heshi.directory.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;

/** Whoever tries many passwords from many addresses. */
@HeshiTest
class AttackOnSignInTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    private People.Somebody clerk;

    @BeforeEach
    void somebody() {
        clerk = new People(context).with(Role.WINDOW_CLERK);
    }

    private Visitor.Answer guess(Visitor visitor, String name, String password) {
        visitor.get("/sign-in");
        return visitor.post("/sign-in", Map.of("name", name, "password", password));
    }

    @Test
    void makesTheOwnerWaitForNothingInABrowserThatTheyUsedBefore() {
        Visitor owner = new Visitor(port).signedInAs(clerk);
        owner.get("/account");
        owner.post("/sign-out", Map.of());
        for (int i = 0; i < 8; i++) {
            guess(new Visitor(port), clerk.name(), "guess " + i);
        }
        assertThat(guess(new Visitor(port), clerk.name(), People.PASSWORD).body()).as("another browser").contains("尝试次数过多");
        assertThat(guess(owner, clerk.name(), People.PASSWORD).status()).as("the owner's own").isEqualTo(303);
    }

    @Test
    void makesNobodyWaitInAKnownBrowserBehindTheSameAddressNorByQuestionsForPasskeys() {
        Visitor owner = new Visitor(port).signedInAs(clerk);
        owner.get("/account");
        owner.post("/sign-out", Map.of());
        Visitor machine = owner.neighbour();
        machine.get("/sign-in");
        for (int i = 0; i < SignIn.FAILURES_OF_ADDRESS + 1; i++) {
            machine.post("/sign-in/passkey/options", Map.of());
        }
        assertThat(guess(machine, "nobody-" + UUID.randomUUID(), "guess").body()).as("questions are counted for themselves").contains("登录名或密码不正确");
        Throttle throttle = context.getBean(Throttle.class);
        for (int i = 0; i < SignIn.FAILURES_OF_ADDRESS; i++) {
            throttle.tryTake("sign-in-address", owner.address(), SignIn.FAILURES_OF_ADDRESS, Duration.ofMinutes(10));
        }
        assertThat(guess(machine, clerk.name(), People.PASSWORD).body()).as("the machine").contains("尝试次数过多");
        assertThat(guess(owner, clerk.name(), People.PASSWORD).status()).as("the owner beside it").isEqualTo(303);
    }

    @Test
    void takesNotAllPlacesFromOneAddress() {
        Places places = context.getBean(Places.class);
        MockHttpServletRequest one = new MockHttpServletRequest();
        one.setRemoteAddr("192.0.2.1");
        MockHttpServletRequest other = new MockHttpServletRequest();
        other.setRemoteAddr("192.0.2.2");
        List<Places.Place> held = IntStream.range(0, Places.OF_ADDRESS).mapToObj(_ -> places.take(one).orElseThrow()).toList();
        assertThat(places.take(one)).isEmpty();
        places.take(other).orElseThrow().close();
        held.getFirst().close();
        places.take(one).orElseThrow().close();
        held.stream().skip(1).forEach(Places.Place::close);
    }

    @Test
    void isCountedInAKnownBrowserAsAnywhere() {
        Visitor owner = new Visitor(port).signedInAs(clerk);
        owner.get("/account");
        owner.post("/sign-out", Map.of());
        for (int i = 0; i < 6; i++) {
            assertThat(guess(owner, clerk.name(), "guess " + i).body()).contains("登录名或密码不正确");
        }
        assertThat(guess(owner, clerk.name(), People.PASSWORD).body()).contains("尝试次数过多");
        assertThat(guess(new Visitor(port), clerk.name(), People.PASSWORD).status()).as("others wait for nothing by that").isEqualTo(303);
    }

    @Test
    void gainsNothingByAMarkOfSomebodyElsesOrOneThatWasMade() {
        Visitor insider = new Visitor(port).signedInAs(new People(context).with(Role.HANDLER));
        insider.get("/account");
        insider.post("/sign-out", Map.of());
        String mark = insider.cookie("heshi-known").orElseThrow();
        for (int i = 0; i < 6; i++) {
            guess(new Visitor(port), clerk.name(), "guess " + i);
        }
        assertThat(guess(insider, clerk.name(), People.PASSWORD).body()).as("known there is somebody else").contains("尝试次数过多");
        for (String made : List.of("AAAAAAAAAAAAAAAAAAAAAA.20000.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA", mark.substring(0, mark.length() - 1) + "x", "~~~~", "")) {
            Visitor stranger = new Visitor(port);
            stranger.get("/sign-in");
            var answer = stranger.postBody("/sign-in", "name=" + clerk.name() + "&password=x&_csrf=" + stranger.token(), "application/x-www-form-urlencoded",
                    "Cookie", "heshi-known=" + made + "; heshi-form=" + stranger.cookie("heshi-form").orElseThrow());
            assertThat(answer.body()).as(made).contains("尝试次数过多");
        }
    }

    @Test
    void isToldAtOnceThatTheHouseIsFullWhileTheOwnerComesIn() throws Exception {
        Visitor owner = new Visitor(port).signedInAs(clerk);
        owner.get("/account");
        owner.post("/sign-out", Map.of());
        owner.get("/sign-in");
        Queue<Visitor.Answer> answers = new ConcurrentLinkedQueue<>();
        List<Visitor> crowd = IntStream.range(0, 40).mapToObj(_ -> new Visitor(port)).toList();
        crowd.forEach(visitor -> visitor.get("/sign-in"));
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
            crowd.forEach(visitor -> threads.execute(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                answers.add(visitor.post("/sign-in", Map.of("name", "nobody-" + UUID.randomUUID(), "password", "guess")));
            }));
            go.countDown();
            assertThat(owner.post("/sign-in", Map.of("name", clerk.name(), "password", People.PASSWORD)).status()).isEqualTo(303);
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(answers).extracting(Visitor.Answer::status).contains(422, 429).doesNotContain(500);
        Visitor.Answer full = answers.stream().filter(answer -> answer.status() == 429).findFirst().orElseThrow();
        assertThat(full.body()).contains("同时登录的人太多", "Too many are signing in", "href=\"/sign-in\"");
        assertThat(full.header("retry-after")).isPresent();
        assertThat(full.header("cache-control")).hasValue("no-store");
        assertThat(guess(new Visitor(port), clerk.name(), People.PASSWORD).status()).as("afterwards").isEqualTo(303);
    }

    /** Medians of many, and a wide margin: what is nearly all of it is the digest. A lookup that only known names cost would not show in it; one more digest would. */
    @Test
    void learnsNothingFromTheClock() {
        People people = new People(context);
        List<String> known = IntStream.range(0, 5).mapToObj(_ -> people.with(Role.HANDLER).name()).toList();
        guess(new Visitor(port), "warm-up", "guess");
        // by turns, so that whatever else the machine does at the moment weighs on both
        Visitor visitor = new Visitor(port);
        visitor.get("/sign-in");
        long[] ofKnown = new long[20];
        long[] ofUnknown = new long[20];
        for (int i = 0; i < ofKnown.length; i++) {
            ofKnown[i] = took(visitor, known.get(i / 4), i);
            ofUnknown[i] = took(visitor, "nobody-" + UUID.randomUUID().toString().substring(0, 8), i);
        }
        assertThat((double) median(ofUnknown) / median(ofKnown)).isBetween(0.5, 2.0);
    }

    private static long took(Visitor visitor, String name, int i) {
        long from = System.nanoTime();
        assertThat(visitor.post("/sign-in", Map.of("name", name, "password", "guess " + i)).status()).isEqualTo(422);
        return System.nanoTime() - from;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
