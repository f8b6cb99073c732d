package org.heshi.site.health;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /health}: 200 when people can work; 503 while the program starts or stops, and while the database does not answer within two seconds. */
@RestController
class HealthController {

    private static final long PATIENCE_SECONDS = 2;

    private final ApplicationAvailability availability;
    private final JdbcClient jdbc;

    HealthController(ApplicationAvailability availability, JdbcClient jdbc) {
        this.availability = availability;
        this.jdbc = jdbc;
    }

    @GetMapping("/health")
    ResponseEntity<Map<String, String>> health() throws InterruptedException {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return answer(HttpStatus.SERVICE_UNAVAILABLE, "starting or stopping");
        }
        return databaseAnswers() ? answer(HttpStatus.OK, "ready") : answer(HttpStatus.SERVICE_UNAVAILABLE, "the database does not answer");
    }

    private boolean databaseAnswers() throws InterruptedException {
        FutureTask<Integer> question = new FutureTask<>(() -> jdbc.sql("select 1").query(Integer.class).single());
        Thread.ofVirtual().name("health").start(question);
        try {
            return question.get(PATIENCE_SECONDS, TimeUnit.SECONDS) == 1;
        } catch (ExecutionException | TimeoutException _) {
            question.cancel(true);
            return false;
        }
    }

    private static ResponseEntity<Map<String, String>> answer(HttpStatus status, String word) {
        return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(Map.of("status", word));
    }
}
