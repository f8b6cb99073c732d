package org.heshi.exchange.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What programs find, count and look up. */
@RestController
@ConditionalOnWebApplication
class LookingUp {

    private final Questions questions;
    private final JsonMapper json;

    LookingUp(Questions questions, JsonMapper json) {
        this.questions = questions;
        this.json = json;
    }

    @GetMapping("/api/v1/search")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Questions.FoundMatters.class)))
    ResponseEntity<?> searchMatters(@RequestParam(required = false) String q, @RequestParam(required = false) String kind, @RequestParam(required = false) String state,
            @RequestParam(required = false) String category, @RequestParam(required = false) String level, @RequestParam(required = false) String place,
            @RequestParam(required = false) String closed, @RequestParam(required = false) String from, @RequestParam(required = false) String to,
            @RequestParam(required = false) String sort, @RequestParam(required = false) String cursor, @RequestParam(required = false) String limit,
            @Parameter(hidden = true) @RequestParam Map<String, String> asked) {
        return ResponseEntity.ok(questions.search(client(), known(asked)));
    }

    @GetMapping("/api/v1/figures")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Questions.FiguresAnswer.class)))
    ResponseEntity<?> askFigures(@RequestParam(required = false) String place, @RequestParam(required = false) String unit, @Parameter(required = true) @RequestParam(required = false) String from,
            @Parameter(required = true) @RequestParam(required = false) String to, @RequestParam(required = false) String by, @RequestParam(required = false) String kind,
            @RequestParam(required = false) String category, @RequestParam(required = false) String channel, @RequestParam(required = false) String level,
            @RequestParam(required = false) String outcome, @RequestParam(required = false) String lead, @RequestParam(required = false) String cut,
            @Parameter(hidden = true) @RequestParam Map<String, String> asked) {
        return ResponseEntity.ok(questions.figures(client(), known(asked)));
    }

    @GetMapping("/api/v1/directory/units")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Questions.Units.class)))
    ResponseEntity<?> listUnits(@RequestParam(required = false) String within, @RequestParam(required = false) String q, @RequestParam(required = false) String cursor,
            @RequestParam(required = false) String limit, @Parameter(hidden = true) @RequestParam Map<String, String> asked,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String tag) {
        return tagged(questions.units(client(), known(asked)), tag);
    }

    @GetMapping("/api/v1/directory/categories")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Questions.CategoryList.class)))
    ResponseEntity<?> listCategories(@Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String tag) {
        return tagged(questions.categories(), tag);
    }

    @GetMapping("/api/v1/divisions")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Questions.DivisionList.class)))
    ResponseEntity<?> listDivisions(@RequestParam(required = false) String within, @RequestParam(required = false) String q, @RequestParam(required = false) String cursor,
            @RequestParam(required = false) String limit, @Parameter(hidden = true) @RequestParam Map<String, String> asked,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String tag) {
        return tagged(questions.divisions(client(), known(asked)), tag);
    }

    @GetMapping("/api/v1/divisions/{code}")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Questions.DivisionDetail.class)))
    ResponseEntity<?> getDivision(@PathVariable String code, @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String tag) {
        return tagged(questions.division(code), tag);
    }

    private static Map<String, String> known(Map<String, String> asked) {
        return new HashMap<>(asked);
    }

    private static Actor.Client client() {
        if (Acting.current() instanceof Actor.Client client) {
            return client;
        }
        throw new IllegalStateException("no program acts here");
    }

    /** With a tag by its bytes; nothing but that it is the same when the program has it already (RFC 9110, 13.1.2). */
    private ResponseEntity<?> tagged(Object body, String known) {
        String tag = tag(json.writeValueAsString(body));
        boolean same = known.strip().equals("*") || Arrays.stream(known.split(",")).map(one -> one.strip().replaceFirst("^W/", "")).anyMatch(tag::equals);
        return same ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build() : ResponseEntity.ok().eTag(tag).body(body);
    }

    private static String tag(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 15)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
