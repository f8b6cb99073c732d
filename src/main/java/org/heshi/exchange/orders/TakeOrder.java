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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a message to an order. The order itself is registered in the program's post; what comes later is said in the reporter's place, for whom the other
 * side speaks. Keys are made of what the message says, so that the same one again does nothing and is answered the same.
 */
@Component
@ConditionalOnWebApplication
class TakeOrder {

    private static final int REPORTER = 1;
    private static final int TRIES = 6;
    private static final int LONGEST_CONTACT = 100;
    private static final String REGISTER = "register";

    private final Matters matters;
    private final OrderRows rows;
    private final Results results;
    private final ApiDoor door;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final String baseUrl;

    TakeOrder(Matters matters, OrderRows rows, Results results, ApiDoor door, TransactionTemplate transactions, InstantSource clock, @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.matters = matters;
        this.rows = rows;
        this.results = results;
        this.door = door;
        this.transactions = transactions;
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
        if (mapping.toThem()) {
            return ofOurs(client, mapping, message);
        }
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
        Function<UUID, OrderRows.Order> link = matter -> new OrderRows.Order(client.client(), message.number(), mapping.name(), matter);
        Answer answer = register(post.get(), input, key, link);
        if (answer instanceof Answer.Refused(List<Refusal> why) && why.stream().anyMatch(one -> one.code().equals("order-taken"))) {
            // by this very order, it may be, which was sent twice at once: then its key is known now
            answer = register(post.get(), input, key, link);
        }
        return switch (answer) {
            case Answer.Done done -> done(done.code().isEmpty(), mapping, message.number(), done.number(), done.code());
            case Answer.Refused(List<Refusal> why) -> new Taken.Refused(why);
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    /** The matter and whose order it is, in one transaction. */
    private Answer register(HeldPost post, Map<String, Object> input, String key, Function<UUID, OrderRows.Order> link) {
        return together(new Actor.Staff(post), () -> {
            Answer answer = matters.act(Act.report(REGISTER, input, key));
            if (answer instanceof Answer.Done done) {
                rows.keep(link.apply(done.matter()));
            }
            return answer;
        });
    }

    /** All of it or nothing; once more when somebody did the same at this moment. */
    private Answer together(Actor as, Supplier<Answer> acts) {
        Supplier<Answer> once = () -> Objects.requireNonNull(Acting.as(as, () -> transactions.execute(status -> {
            Answer answer = acts.get();
            if (!(answer instanceof Answer.Done)) {
                status.setRollbackOnly();
            }
            return answer;
        })));
        try {
            return once.get();
        } catch (DuplicateKeyException | PessimisticLockingFailureException | OptimisticLockingFailureException _) {
            return once.get();
        }
    }

    /** What an agency says of an order of ours that its unit leads, done in its post. */
    private Taken ofOurs(Actor.Client client, Mapping mapping, Read message) {
        Optional<HeldPost> post = handling(client);
        if (post.isEmpty()) {
            return new Taken.NoPost();
        }
        Optional<OrderRows.Order> order = rows.assigned(client.client(), mapping.name(), message.number());
        Actor.Staff staff = new Actor.Staff(post.get());
        if (order.isEmpty() || !results.worksOn(order.get().matter()) || !results.mayRead(client.client(), order.get().matter())) {
            return order(client, mapping, message, staff).orElseGet(Taken.Unknown::new);
        }
        String said = Objects.requireNonNullElse(message.input().get("words"), "");
        String key = key(client.client(), message.number(), message.event().code() + "\n" + message.id().orElse("\n" + said));
        return switch (message.event()) {
            case SIGNED -> act(mapping, order.get(), staff, "accept", said.isBlank() ? Map.of() : Map.of("contact", cut(Words.line(said), LONGEST_CONTACT)), key);
            case PROGRESS -> act(mapping, order.get(), staff, "progress", Map.of("progress", said), key);
            case DECLINED -> act(mapping, order.get(), staff, "return", Map.of("reason", said), key);
            case ANSWERED -> answered(mapping, order.get(), staff, said, key);
            case ORDER, SUPPLEMENT, REMINDER, RETURNED, RECALLED -> throw new IllegalStateException("such a mapping does not lead there");
        };
    }

    /** Whether it has a post in which it can work on what is assigned to its unit. */
    boolean handles(Actor.Client client) {
        return handling(client).isPresent();
    }

    private Optional<HeldPost> handling(Actor.Client client) {
        return door.post(client).filter(held -> held.roles().contains(Role.HANDLER) || held.roles().contains(Role.GRID_WORKER));
    }

    /** By the very message it may have left the unit: then it is answered as before. */
    private Optional<Taken> order(Actor.Client client, Mapping mapping, Read message, Actor.Staff staff) {
        String said = Objects.requireNonNullElse(message.input().get("words"), "");
        String key = key(client.client(), message.number(), message.event().code() + "\n" + message.id().orElse("\n" + said));
        return message.event() != Event.DECLINED ? Optional.empty() : MatterNumber.parse(message.number())
                .flatMap(number -> Acting.as(staff, () -> matters.doneBefore(number, "return", key))).map(done -> done(true, mapping, message.number(), done.number(), Optional.empty()));
    }

    /** Where what was done is said before it is answered, the same words say both. */
    private Taken answered(Mapping mapping, OrderRows.Order order, Actor.Staff staff, String said, String key) {
        Taken alone = act(mapping, order, staff, "answer", Map.of("answer", said), key);
        if (!(alone instanceof Taken.Refused(List<Refusal> why) && why.stream().anyMatch(one -> one.code().equals("not-allowed")))) {
            return alone;
        }
        Answer both = together(staff, () -> {
            Answer handled = again(order.matter(), "handle", Map.of("done", said), key(order.client(), order.number(), "handle\n" + key));
            return handled instanceof Answer.Done done ? matters.act(Act.on(order.matter(), "answer", Map.of("answer", said), done.version(), key)) : handled;
        });
        return switch (both) {
            case Answer.Done done -> done(false, mapping, order.number(), done.number(), Optional.empty());
            case Answer.Refused(List<Refusal> reasons) -> new Taken.Refused(reasons.stream().anyMatch(one -> one.code().equals("not-allowed")) ? why : reasons);
            case Answer.Stale _ -> new Taken.Refused(List.of(Refusal.of("order-busy")));
        };
    }

    private Answer again(UUID matter, String action, Map<String, Object> input, String key) {
        Answer answer = matters.act(Act.on(matter, action, input, 0, key));
        return answer instanceof Answer.Stale stale ? matters.act(Act.on(matter, action, input, stale.version(), key)) : answer;
    }

    private static String cut(String line, int most) {
        return line.codePointCount(0, line.length()) <= most ? line : line.substring(0, line.offsetByCodePoints(0, most));
    }

    private Taken later(Mapping mapping, Read message, OrderRows.Order order) {
        String said = Words.line(message.input().getOrDefault("words", "")).isEmpty() ? "" : message.input().get("words");
        String action = switch (message.event()) {
            case SUPPLEMENT -> "add";
            case REMINDER -> "urge";
            case RETURNED -> "reopen";
            case RECALLED -> "withdraw";
            case ORDER, SIGNED, PROGRESS, ANSWERED, DECLINED -> throw new IllegalStateException("nothing that comes after an order of theirs");
        };
        String field = message.event() == Event.RETURNED || message.event() == Event.RECALLED ? "reason" : "words";
        String key = key(order.client(), order.number(), action + "\n" + message.id().orElse("\n" + said));
        Actor.Resident reporter = new Actor.Resident(order.matter(), REPORTER);
        Taken taken = act(mapping, order, reporter, action, said.isEmpty() ? Map.of() : Map.of(field, said), key);
        // before it is sorted, and in kinds without it, a reminder is something that was added
        boolean notSo = taken instanceof Taken.Refused(List<Refusal> why) && why.stream().anyMatch(one -> one.code().equals("not-allowed"));
        return notSo && message.event() == Event.REMINDER ? act(mapping, order, reporter, "add", Map.of("words", said.isEmpty() ? "催办" : "催办：" + said), key) : taken;
    }

    private Taken act(Mapping mapping, OrderRows.Order order, Actor as, String action, Map<String, Object> input, String key) {
        int version = 0;
        for (int i = 0; i < TRIES; i++) {
            int expected = version;
            Answer answer;
            try {
                answer = Acting.as(as, () -> matters.act(Act.on(order.matter(), action, input, expected, key)));
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
