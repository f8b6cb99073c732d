package org.heshi.site.failure;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.heshi.site.words.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page for everything that cannot be done. It says what the reader can do and nothing of what went wrong inside; a failure of ours has a
 * reference that stands in the log beside its cause. Programs get the same as problem JSON (RFC 9457).
 */
@Controller
@ConditionalOnWebApplication
class FailureController implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(FailureController.class);

    private final Messages messages;

    FailureController(Messages messages) {
        this.messages = messages;
    }

    @RequestMapping("/error")
    Object answer(HttpServletRequest request, HttpServletResponse response, Locale locale) {
        int status = status(request);
        String reference = reference(status, request);
        if (wantsData(request)) {
            return problem(status, reference, locale);
        }
        response.setStatus(status);
        return new ModelAndView("site/error/page", Map.of("status", status, "reference", reference));
    }

    private ResponseEntity<ProblemDetail> problem(int status, String reference, Locale locale) {
        int known = messages.has("site.error." + status + ".title") ? status : status >= 500 ? 500 : 400;
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(messages.getMessage("site.error." + known + ".title", null, locale));
        problem.setDetail(messages.getMessage("site.error." + known + ".text", null, locale));
        if (!reference.isEmpty()) {
            problem.setProperty("reference", reference);
        }
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    /** People's browsers name HTML; whoever names nothing gets the page too. */
    private static boolean wantsData(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("json") && !accept.contains("text/html");
    }

    /** Somebody who opens the address itself has asked for a page that is not there. */
    private static int status(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : HttpStatus.NOT_FOUND.value();
    }

    private static String reference(int status, HttpServletRequest request) {
        if (status < 500) {
            return "";
        }
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String reference = HexFormat.of().formatHex(random);
        // The path only: a query may hold what a resident typed.
        Object cause = request.getAttribute(Unexpected.CAUSE);
        LOG.error("reference {}: {} {} answered {}", reference, request.getMethod(), request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), status,
                cause == null ? request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) : cause);
        return reference;
    }
}
