package org.heshi.exchange.orders;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.exchange.orders.Mapping.Event;
import org.heshi.exchange.orders.Mapping.Read;
import org.heshi.identity.ApiDoor;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * Takes a message to an order. The order itself is registered in the program's post; what comes later is said in the reporter's place, for whom the other
 * side speaks. Keys are made of what the message says, so that the same one again does nothing and is answered the same.
 */
@Component
@ConditionalOnWebApplication
class TakeOrder {

    private static final int REPORTER = 1;
    private static final int TRIES = 6;
    private static final String REGISTER = "register";

    private final Matters matters;
    private final OrderRows rows;
    private final Results results;
    private final ApiDoor door;
    private final InstantSource clock;
    private final String baseUrl;

    TakeOrder(Matters matters, OrderRows rows, Results results, ApiDoor door, InstantSource clock, @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.matters = matters;
        this.rows = rows;
        this.results = results;
        this.door = door;
        this.clock = clock;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    sealed interface Taken {
        /** @param ours for the answer */
        record Done(boolean again, Map<String, Object> ours) implements Taken {
        }

        record Refused(List<Refusal> why) implements Taken {
        }

        /** There is no such order of this program, or it may not be told of it. */
        record Unknown() implements Taken {
        }

        /** The program has no post in which it could register. */
        record NoPost() implements Taken {
        }
    }

    Taken take(Actor.Client client, Mapping mapping, Read message) {
        Optional<OrderRows.Order> known = rows.find(client.client(), message.number());
        if (message.event() == Event.ORDER) {
            return known.isPresent() ? again(client, mapping, known.get()) : register(client, mapping, message);
        }
        if (known.isEmpty() || !results.mayRead(client.client(), known.get().matter())) {
            return new Taken.Unknown();
        }
        return later(mapping, message, known.get());
    }

    private Taken again(Actor.Client client, Mapping mapping, OrderRows.Order order) {
        return results.mayRead(client.client(), order.matter())
                ? results.number(order.matter()).<Taken>map(number -> done(true, mapping, order.number(), number, Optional.empty())).orElseGet(Taken.Unknown::new) : new Taken.Unknown();
    }

    private Taken register(Actor.Client client, Mapping mapping, Read message) {
        Optional<HeldPost> post = door.post(client).filter(held -> held.roles().contains(Role.WINDOW_CLERK) || held.roles().contains(Role.DISPATCHER) || held.roles().contains(Role.GRID_WORKER));
        if (post.isEmpty()) {
            return new Taken.NoPost();
        }
        Map<String, Object> input = new HashMap<>(message.input());
        input.computeIfPresent("title", (_, title) -> Words.line(title.toString()));
        input.put("order-number", message.number());
        if ("true".equals(input.get("anonymous"))) {
            List.of("name", "phone", "email").forEach(input::remove);
        }
        String key = key(client.client(), message.number(), "order");
        Answer answer = register(post.get(), input, key);
        if (answer instanceof Answer.Refused(List<Refusal> why) && why.stream().anyMatch(one -> one.code().equals("order-taken"))) {
            // by this very order, it may be, which was sent twice at once: then its key is known now
            answer = register(post.get(), input, key);
        }
        return switch (answer) {
            case Answer.Done done -> {
                rows.keep(new OrderRows.Order(client.client(), message.number(), mapping.name(), done.matter()));
                yield done(done.code().isEmpty(), mapping, message.number(), done.number(), done.code());
            }
            case Answer.Refused(List<Refusal> why) -> new Taken.Refused(why);
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    private Answer register(HeldPost post, Map<String, Object> input, String key) {
        return Acting.as(new Actor.Staff(post), () -> matters.act(Act.report(REGISTER, input, key)));
    }

    private Taken later(Mapping mapping, Read message, OrderRows.Order order) {
        String said = Words.line(message.input().getOrDefault("words", "")).isEmpty() ? "" : message.input().get("words");
        String action = switch (message.event()) {
            case SUPPLEMENT -> "add";
            case REMINDER -> "urge";
            case RETURNED -> "reopen";
            case RECALLED -> "withdraw";
            case ORDER -> throw new IllegalStateException("an order is registered");
        };
        String field = message.event() == Event.RETURNED || message.event() == Event.RECALLED ? "reason" : "words";
        String key = key(order.client(), order.number(), action + "\n" + message.id().orElse("\n" + said));
        Taken taken = act(mapping, order, action, said.isEmpty() ? Map.of() : Map.of(field, said), key);
        // before it is sorted, and in kinds without it, a reminder is something that was added
        boolean notSo = taken instanceof Taken.Refused(List<Refusal> why) && why.stream().anyMatch(one -> one.code().equals("not-allowed"));
        return notSo && message.event() == Event.REMINDER ? act(mapping, order, "add", Map.of("words", said.isEmpty() ? "催办" : "催办：" + said), key) : taken;
    }

    private Taken act(Mapping mapping, OrderRows.Order order, String action, Map<String, Object> input, String key) {
        Actor.Resident reporter = new Actor.Resident(order.matter(), REPORTER);
        int version = 0;
        for (int i = 0; i < TRIES; i++) {
            int expected = version;
            Answer answer;
            try {
                answer = Acting.as(reporter, () -> matters.act(Act.on(order.matter(), action, input, expected, key)));
            } catch (NoSuchElementException _) {
                return new Taken.Unknown();
            }
            switch (answer) {
                case Answer.Done done -> {
                    return done(i == 0, mapping, order.number(), done.number(), Optional.empty());
                }
                case Answer.Refused(List<Refusal> why) -> {
                    return new Taken.Refused(why);
                }
                case Answer.Stale stale -> version = stale.version();
            }
        }
        return new Taken.Refused(List.of(Refusal.of("order-busy")));
    }

    private Taken done(boolean again, Mapping mapping, String order, MatterNumber number, Optional<String> code) {
        Map<String, Object> ours = new HashMap<>();
        ours.put("order", Results.theirs(mapping, order));
        ours.put("number", number.digits());
        ours.put("follow", baseUrl + "/follow/" + number.digits());
        ours.put("at", Instant.ofEpochSecond(clock.instant().getEpochSecond()));
        ours.put("again", Boolean.toString(again));
        code.ifPresent(fresh -> ours.put("code", fresh));
        return new Taken.Done(again, ours);
    }

    private static String key(UUID client, String number, String what) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest((client + "\n" + number + "\n" + what).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
