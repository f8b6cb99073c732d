package org.heshi.access;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** What a program reads that was refused (RFC 9457): beside the status a code that it can go by, and a sentence for who writes it. */
public final class Problems {

    private Problems() {
    }

    public static ResponseEntity<ProblemDetail> of(HttpStatus status, String code, String title) {
        return of(status, code, title, List.of());
    }

    /** @param errors each with {@code field}, {@code code} and {@code detail} */
    public static ResponseEntity<ProblemDetail> of(HttpStatus status, String code, String title, List<Map<String, String>> errors) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(title);
        problem.setProperty("code", code);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    /** The same answer for what is not there and for what this program may not see. */
    public static ResponseEntity<ProblemDetail> unknown() {
        return of(HttpStatus.NOT_FOUND, "unknown", "there is nothing here for this program");
    }

    public static ResponseEntity<ProblemDetail> later(String title) {
        ResponseEntity<ProblemDetail> later = of(HttpStatus.TOO_MANY_REQUESTS, "too-many", title);
        return ResponseEntity.status(later.getStatusCode()).header(HttpHeaders.RETRY_AFTER, "60").contentType(MediaType.APPLICATION_PROBLEM_JSON).body(later.getBody());
    }
}
