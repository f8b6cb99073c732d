package org.heshi.matters.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heshi.access.Problems;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The kinds of matters and the published procedures by which they go, as everybody may read them. */
@RestController
class KindsApi {

    private final Procedures procedures;
    private final Sent sent;

    KindsApi(Procedures procedures, Sent sent) {
        this.procedures = procedures;
        this.sent = sent;
    }

    /** @param internal whether offices make such matters for one another */
    record Kind(String code, int version, Bilingual title, Bilingual about, boolean internal) {
    }

    record Kinds(List<Kind> kinds) {
    }

    /** @param turn whose turn it is in that state */
    record KindState(String code, Bilingual title, Bilingual says, String turn, boolean closed) {
    }

    /**
     * @param to     null when the matter stays where it is or goes where another procedure says
     * @param fields JSON Schema of what it brings; files are not in it
     */
    record ActionEntry(String code, Bilingual title, Bilingual says, List<String> from, @Nullable String to, @Schema(type = "object") Map<String, Object> fields) {
    }

    record KindLimit(String code, Bilingual title, String binds) {
    }

    record ProcedureDetail(Kind kind, List<KindState> states, List<ActionEntry> actions, Map<String, Bilingual> outcomes, List<KindLimit> limits) {
    }

    @GetMapping("/api/v1/directory/kinds")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Kinds.class)))
    ResponseEntity<?> listKinds(@Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        return tagged(new Kinds(procedures.all().stream().map(KindsApi::kind).toList()), known);
    }

    @GetMapping("/api/v1/directory/kinds/{kind}")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = ProcedureDetail.class)))
    ResponseEntity<?> getProcedure(@PathVariable String kind, Locale locale, @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        Optional<Procedure> found = procedures.all().stream().filter(one -> one.kind().equals(kind)).findFirst();
        return found.<ResponseEntity<?>>map(procedure -> tagged(detail(procedure, locale), known)).orElseGet(Problems::unknown);
    }

    private static Kind kind(Procedure procedure) {
        return new Kind(procedure.kind(), procedure.version(), procedure.title(), procedure.about(), procedure.internal());
    }

    private static ProcedureDetail detail(Procedure procedure, Locale locale) {
        return new ProcedureDetail(kind(procedure),
                procedure.states().values().stream().map(state -> new KindState(state.name(), state.title(), state.says(), state.turn().code(), state.terminal())).toList(),
                procedure.actions().values().stream().map(action -> new ActionEntry(action.name(), action.title(), action.says(), action.from().stream().sorted().toList(),
                        action.to().orElse(null), FieldSchemas.of(action, procedure, locale))).toList(),
                procedure.outcomes(), procedure.clocks().values().stream().map(clock -> new KindLimit(clock.name(), clock.title(), clock.binds().code())).toList());
    }

    private ResponseEntity<?> tagged(Object body, String known) {
        String tag = sent.tag(body);
        return Sent.matches(known, tag) ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build() : ResponseEntity.ok().eTag(tag).body(body);
    }
}
