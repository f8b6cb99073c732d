package org.heshi.matters.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientPosts;
import org.heshi.access.Problems;
import org.heshi.access.Throttle;
import org.heshi.directory.HeldPost;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A program works in the post that it was given: what the procedure and the table of rights let that post do, short of what a person must decide. */
@RestController
@ConditionalOnWebApplication
class WorkApi {

    private static final String HERE = "/api/v1/matters/{number}/actions";
    private static final int ACTS_AN_HOUR = 600;

    private final MatterViews views;
    private final Matters matters;
    private final ClientMatters door;
    private final ClientPosts posts;
    private final Throttle throttle;
    private final Sent sent;

    WorkApi(MatterViews views, Matters matters, ClientMatters door, ClientPosts posts, Throttle throttle, Sent sent) {
        this.views = views;
        this.matters = matters;
        this.door = door;
        this.posts = posts;
        this.throttle = throttle;
        this.sent = sent;
    }

    /** @param fields JSON Schema of what is sent with it */
    record Doable(String name, Bilingual title, Bilingual says, @Schema(type = "object") Map<String, Object> fields) {
    }

    record Doables(String number, int version, String state, List<Doable> actions) {
    }

    /** @param version after it; the ETag for what is done next */
    record DoneJson(String number, int version, String state) {
    }

    @GetMapping(HERE)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Doables.class)))
    ResponseEntity<?> listActions(@PathVariable String number, Locale locale) {
        Optional<HeldPost> post = posts.post(Sent.client());
        Optional<MatterNumber> asked = MatterNumber.parse(number);
        if (post.isEmpty()) {
            return noPost();
        }
        return asked.flatMap(parsed -> Acting.as(new Actor.Staff(post.get()), () -> views.standing(parsed).map(matter -> {
            List<Doable> actions = ProgramActs.of(matter.procedure(), views.nextActions(matter.id())).stream()
                    .map(action -> new Doable(action.name(), action.title(), action.says(), FieldSchemas.of(action, matter.procedure(), locale))).toList();
            return new Doables(matter.number().digits(), matter.version(), views.get(matter.id()).state().name(), actions);
        }))).<ResponseEntity<?>>map(body -> ResponseEntity.ok().eTag(Sent.tag(body.version())).body(body)).orElseGet(Problems::unknown);
    }

    @PostMapping(HERE + "/{action}")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = DoneJson.class)))
    ResponseEntity<?> act(@PathVariable String number, @PathVariable String action, @RequestHeader(name = "Idempotency-Key", defaultValue = "") String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "") String match, @RequestBody Map<String, @Nullable Object> body, Locale locale) {
        Actor.Client client = Sent.client();
        Optional<HeldPost> post = posts.post(client);
        if (post.isEmpty()) {
            return noPost();
        }
        if (!Sent.KEY.matcher(key).matches()) {
            return Sent.keyNeeded();
        }
        if (match.isBlank() || match.strip().equals("*")) {
            return Problems.of(HttpStatus.PRECONDITION_REQUIRED, "if-match", "the header If-Match with the ETag of the matter is needed");
        }
        OptionalInt version = Sent.version(match);
        if (version.isEmpty()) {
            return stale();
        }
        Optional<MatterNumber> asked = MatterNumber.parse(number);
        if (asked.isEmpty()) {
            return Problems.unknown();
        }
        Actor.Staff staff = new Actor.Staff(post.get());
        Optional<Standing> matter = Acting.as(staff, () -> views.standing(asked.get()));
        Optional<Answer.Done> before = Acting.as(staff, () -> matters.doneBefore(asked.get(), action, key));
        if (matter.isEmpty()) {
            // by this very act it may have left the unit
            return before.<ResponseEntity<?>>map(WorkApi::done).orElseGet(Problems::unknown);
        }
        boolean offered = before.isPresent() || Acting.as(staff, () -> ProgramActs.of(matter.get().procedure(), views.nextActions(matter.get().id()))).stream()
                .map(Action::name).anyMatch(action::equals);
        // asked last: the same request may have been done a moment ago, and is not offered because of it
        if (!offered && Acting.as(staff, () -> matters.doneBefore(asked.get(), action, key)).isEmpty()) {
            return Acting.as(staff, () -> views.standing(asked.get())).filter(now -> now.version() == version.getAsInt()).isPresent() ? Problems.of(HttpStatus.CONFLICT, "not-now", "this cannot be done to the matter now, or not by a program") : stale();
        }
        Map<String, Object> input = new HashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        body.forEach((field, value) -> Sent.put(field, value, input, refusals));
        if (!refusals.isEmpty()) {
            return sent.refused(refusals, locale);
        }
        if (!throttle.tryTake("api-act", client.client().toString(), ACTS_AN_HOUR, Duration.ofHours(1))) {
            return Problems.later("too many acts");
        }
        return switch (door.act(client, post.get(), Act.on(matter.get().id(), action, input, version.getAsInt(), key), sent.canonical(asked.get().digits() + " " + action, body))) {
            case ClientMatters.Outcome.AnotherRequest _ -> Sent.anotherRequest();
            case ClientMatters.Outcome.Answered(Answer.Done done) -> done(done);
            case ClientMatters.Outcome.Answered(Answer.Refused(List<Refusal> why)) -> sent.refused(why, locale);
            case ClientMatters.Outcome.Answered(Answer.Stale _) -> stale();
        };
    }

    private static ResponseEntity<?> done(Answer.Done done) {
        return ResponseEntity.ok().eTag(Sent.tag(done.version())).body(new DoneJson(done.number().digits(), done.version(), done.state()));
    }

    private static ResponseEntity<?> stale() {
        return Problems.of(HttpStatus.PRECONDITION_FAILED, "stale", "the matter is not as it was when this program read it; read it again");
    }

    private static ResponseEntity<?> noPost() {
        return Problems.of(HttpStatus.FORBIDDEN, "no-post", "this program was given no post in its unit");
    }
}
