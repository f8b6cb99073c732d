package org.heshi.exchange.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.heshi.access.Acting;
import org.heshi.exchange.webhook.Sending.Finished;
import org.heshi.exchange.webhook.Sending.Outcome;
import org.heshi.kernel.Repeating;
import org.heshi.matters.Standings;
import org.heshi.matters.Standings.Standing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends what waits. One thread notes in one transaction how attempts ended and takes what comes next; each attempt runs on a virtual thread of its own. An
 * address has only so many attempts at once, and one that cannot be reached fewer, so that it takes nothing away from the others.
 */
@Component
@ConditionalOnWebApplication
class Sender implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration REST = Duration.ofMillis(200);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration FORGETS_EVERY = Duration.ofHours(1);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(15);
    private static final int AT_ONCE = 64;
    private static final int AT_ONCE_WHEN_FAILING = 4;
    private static final int MANY_FAILURES = 4;
    /** Of all addresses together. */
    private static final int MOST = 512;
    /** How long a round waits for more to end while many are on their way: one transaction for many costs as much as one for few. */
    private static final Duration GATHERS = Duration.ofMillis(2);
    private static final int MANY_FLYING = 16;

    private final Sending sending;
    private final Standings standings;
    private final Offices offices;
    private final Signatures signatures;
    private final Map<String, Payload> payloads;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final Schedule schedule;
    private final Supplier<Wire> wires;

    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final Map<UUID, Integer> flying = new ConcurrentHashMap<>();
    private final Map<UUID, Signing> signers = new HashMap<>();
    private Map<UUID, Endpoint> endpoints = Map.of();
    private Map<UUID, Offices.Office> units = Map.of();
    private Set<UUID> reading = Set.of();
    /** Those that the last look saw. One that was taken up since waits for the next: until then it is not known who its program is today. */
    private Set<UUID> looked = Set.of();
    private long lookedAt;
    private Instant forgotAt = Instant.EPOCH;
    private final Repeating rounds = new Repeating("webhooks", () -> next() == 0 ? REST : Duration.ZERO, this::failed);
    private int failures;
    private volatile @Nullable Wire wire;

    @Autowired
    Sender(Sending sending, Standings standings, Offices offices, Signatures signatures, List<Payload> payloads, TransactionTemplate transactions, InstantSource clock, Targets targets) {
        this(sending, standings, offices, signatures, payloads, transactions, clock, Schedule.STANDARD,
                () -> new Wire(targets, (SSLSocketFactory) SSLSocketFactory.getDefault(), CONNECT, WHOLE));
    }

    Sender(Sending sending, Standings standings, Offices offices, Signatures signatures, List<Payload> payloads, TransactionTemplate transactions, InstantSource clock,
            Schedule schedule, Supplier<Wire> wires) {
        this.sending = sending;
        this.standings = standings;
        this.offices = offices;
        this.signatures = signatures;
        this.payloads = payloads.stream().collect(Collectors.toMap(Payload::type, payload -> payload));
        this.transactions = transactions;
        this.clock = clock;
        this.schedule = schedule;
        this.wires = wires;
    }

    @Override
    public void start() {
        wire = wires.get();
        rounds.start();
    }

    private int next() {
        int did = round();
        failures = 0;
        return did;
    }

    private Duration failed(RuntimeException e) {
        LOG.error("sending webhooks failed and goes on", e);
        return Duration.ofMillis(Math.min(30_000, 200L << Math.min(++failures, 8)));
    }

    /** @param by the endpoint as it was when its secrets were opened */
    private record Signing(Endpoint by, Signatures.Signer signer) {

        boolean holds(Endpoint now, Instant at) {
            return Arrays.equals(by.secret(), now.secret()) && Arrays.equals(by.former().orElse(null), now.former().orElse(null)) && by.formerUntil().filter(at::isAfter).isEmpty();
        }
    }

    private Signatures.Signer signer(Endpoint endpoint, Instant now) {
        return signers.compute(endpoint.id(), (_, known) -> known != null && known.holds(endpoint, now) ? known : new Signing(endpoint, signatures.signer(endpoint, now))).signer();
    }

    private void gather() {
        int all = flying.values().stream().mapToInt(Integer::intValue).sum();
        if (all >= MANY_FLYING && finished.size() < all / 2) {
            try {
                Thread.sleep(GATHERS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @return how many attempts ended or began */
    int round() {
        gather();
        look();
        if (endpoints.isEmpty() && finished.isEmpty()) {
            return 0;
        }
        List<Finished> ended = new ArrayList<>();
        for (Finished one = finished.poll(); one != null; one = finished.poll()) {
            ended.add(one);
        }
        Instant now = clock.instant();
        Map<UUID, Integer> free = free(now);
        Round round;
        try {
            round = Objects.requireNonNull(Acting.as(Endpoints.SELF, () -> transactions.execute(_ -> {
                if (!ended.isEmpty()) {
                    sending.write(ended, endpoints, schedule, ThreadLocalRandom.current(), now);
                    ended.stream().filter(one -> one.outcome() instanceof Outcome.Taken).forEach(this::tell);
                }
                List<Delivery> taken = sending.take(free, now);
                // under the secrets that hold at this moment, and to nobody who was paused meanwhile
                return new Round(taken, taken.isEmpty() ? List.of() : sending.active());
            })));
        } catch (RuntimeException e) {
            finished.addAll(ended);
            throw e;
        }
        if (ended.stream().anyMatch(one -> !(one.outcome() instanceof Outcome.Taken))) {
            lookedAt = 0;
        }
        ended.forEach(one -> flying.merge(one.delivery().endpoint(), -1, Integer::sum));
        if (!round.taken().isEmpty()) {
            know(round.active().stream().filter(endpoint -> looked.contains(endpoint.id())).toList());
            readAnew(round.taken());
        }
        begin(round.taken(), now);
        return ended.size() + round.taken().size();
    }

    private record Round(List<Delivery> taken, List<Endpoint> active) {
    }

    private void know(List<Endpoint> active) {
        endpoints = active.stream().filter(endpoint -> units.containsKey(endpoint.client())).collect(Collectors.toMap(Endpoint::id, endpoint -> endpoint));
        signers.keySet().retainAll(endpoints.keySet());
    }

    /** Whether a program still reads what its unit holds is asked for what goes now: one that lost its post a moment ago is told no more of it. */
    private void readAnew(List<Delivery> taken) {
        Set<UUID> clients = taken.stream().map(delivery -> endpoints.get(delivery.endpoint())).filter(Objects::nonNull).filter(Endpoint::asItReads).map(Endpoint::client)
                .collect(Collectors.toSet());
        if (!clients.isEmpty()) {
            Set<UUID> now = new HashSet<>(reading);
            now.removeAll(clients);
            now.addAll(offices.reading(clients));
            reading = Set.copyOf(now);
        }
    }

    private void tell(Finished one) {
        Payload payload = payloads.get(one.delivery().type());
        if (payload != null) {
            payload.taken(one.delivery(), one.client());
        }
    }

    /** Once a second which addresses there are, and now and then what is old goes. */
    private void look() {
        long ticks = System.nanoTime();
        if (lookedAt != 0 && ticks - lookedAt < LOOK_AGAIN.toNanos()) {
            return;
        }
        Instant now = clock.instant();
        boolean forget = forgotAt.plus(FORGETS_EVERY).isBefore(now);
        List<Endpoint> active = Objects.requireNonNull(Acting.as(Endpoints.SELF, () -> transactions.execute(_ -> {
            if (forget) {
                sending.forget(now);
            }
            return sending.active();
        })));
        if (forget) {
            forgotAt = now;
        }
        units = active.isEmpty() ? Map.of() : offices.now();
        reading = offices.reading(active.stream().filter(Endpoint::asItReads).map(Endpoint::client).collect(Collectors.toSet()));
        looked = active.stream().map(Endpoint::id).collect(Collectors.toSet());
        know(active);
        lookedAt = ticks;
    }

    private Map<UUID, Integer> free(Instant now) {
        Map<UUID, Integer> free = new HashMap<>();
        int all = flying.values().stream().mapToInt(Integer::intValue).sum();
        for (Endpoint endpoint : endpoints.values()) {
            int most = endpoint.failures() >= MANY_FAILURES ? AT_ONCE_WHEN_FAILING : AT_ONCE;
            int left = Math.min(most - flying.getOrDefault(endpoint.id(), 0), MOST - all);
            if (left > 0 && endpoint.restUntil().filter(now::isBefore).isEmpty()) {
                free.put(endpoint.id(), left);
            }
        }
        return free;
    }

    private void begin(List<Delivery> taken, Instant now) {
        if (taken.isEmpty()) {
            return;
        }
        Set<UUID> matters = taken.stream().map(Delivery::matter).flatMap(Optional::stream).collect(Collectors.toSet());
        Map<UUID, Standing> standing = standings.of(matters);
        for (Delivery delivery : taken) {
            Endpoint endpoint = endpoints.get(delivery.endpoint());
            if (endpoint == null) {
                // paused at this moment: it waits on, and is taken again when its lease is over
                continue;
            }
            flying.merge(delivery.endpoint(), 1, Integer::sum);
            if (delivery.matter().isPresent() && !may(endpoint, delivery.matter().get(), standing)) {
                end(delivery, endpoint, new Outcome.Dropped());
                continue;
            }
            try {
                Signatures.Signer signer = signer(endpoint, now);
                Thread.ofVirtual().name("webhook").start(() -> end(delivery, endpoint, attempt(endpoint, delivery, signer)));
            } catch (RuntimeException e) {
                LOG.error("the secret of {} cannot be opened; what is for it is tried again", endpoint.id(), e);
                end(delivery, endpoint, new Outcome.NotTaken(null, "not-made", Optional.empty(), true));
            }
        }
    }

    private boolean may(Endpoint endpoint, UUID matter, Map<UUID, Standing> standing) {
        Standing now = standing.get(matter);
        Offices.Office office = units.get(endpoint.client());
        return now != null && office != null && Told.still(endpoint, reading, office.all(), now,
                () -> Boolean.TRUE.equals(Acting.as(Endpoints.SELF, () -> transactions.execute(_ -> sending.order(endpoint.client(), matter)))));
    }

    private void end(Delivery delivery, Endpoint endpoint, Outcome outcome) {
        finished.add(new Finished(delivery, endpoint.client(), outcome));
        rounds.wake();
    }

    private Outcome attempt(Endpoint endpoint, Delivery delivery, Signatures.Signer signer) {
        try {
            Payload special = payloads.get(delivery.type());
            Optional<String> body = special == null ? Optional.of(thin(delivery)) : special.of(delivery, endpoint.client());
            Wire way = wire;
            if (body.isEmpty() || way == null) {
                return new Outcome.Dropped();
            }
            String id = "msg_" + delivery.id();
            long seconds = clock.instant().getEpochSecond();
            Map<String, String> headers = Map.of("webhook-id", id, "webhook-timestamp", Long.toString(seconds), "webhook-signature", signer.sign(id, seconds, body.get()));
            return outcome(way.post(endpoint.url(), headers, body.get().getBytes(StandardCharsets.UTF_8)));
        } catch (Payload.NotNow _) {
            return new Outcome.NotTaken(null, "not-now", Optional.empty(), false);
        } catch (RuntimeException e) {
            LOG.error("a webhook of {} could not be made and is tried again", endpoint.id(), e);
            return new Outcome.NotTaken(null, "not-made", Optional.empty(), false);
        }
    }

    private static Outcome outcome(Wire.Went went) {
        return switch (went) {
            case Wire.Went.Failed(var code) -> new Outcome.NotTaken(null, code, Optional.empty(), true);
            case Wire.Went.Answered(var status, var later) -> {
                if (status >= 200 && status < 300) {
                    yield new Outcome.Taken(status);
                }
                if (status == 410) {
                    yield new Outcome.Gone();
                }
                boolean busy = status == 429 || status >= 502 && status <= 504;
                yield new Outcome.NotTaken(status, status >= 300 && status < 400 ? "redirect" : "status", later, busy);
            }
        };
    }

    /** Numbers, codes and times. */
    static String thin(Delivery delivery) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (delivery.matter().isPresent()) {
            data.put("matter", delivery.number());
            data.put("seq", delivery.seq());
            data.put("kind", delivery.kind());
            data.put("action", delivery.action());
            delivery.from().ifPresent(from -> data.put("from", from));
            data.put("state", delivery.to());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", delivery.type());
        body.put("timestamp", delivery.at().toString());
        body.put("data", data);
        return JSON.writeValueAsString(body);
    }

    @Override
    public void stop() {
        rounds.stop();
        Wire way = wire;
        if (way != null) {
            way.close();
        }
    }

    @Override
    public boolean isRunning() {
        return rounds.running();
    }
}
