package org.heshi.site.failure;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;

/** What nobody else has an answer to: an unknown id is a page that is not there, text that cannot be kept is a bad request, the rest is ours. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Unexpected implements WebMvcConfigurer {

    /** Request attribute: what the reference in the log stands beside. */
    static final String CAUSE = "org.heshi.cause";

    /** PostgreSQL: a character not in the repertoire, an untranslatable character. */
    private static final List<String> UNREADABLE = List.of("22021", "22P05");

    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        for (HandlerExceptionResolver resolver : resolvers) {
            if (resolver instanceof AbstractHandlerExceptionResolver known) {
                // Its warning would write what somebody typed into the log.
                known.setWarnLogCategory("");
            }
        }
        resolvers.add(Unexpected::answer);
    }

    private static @Nullable ModelAndView answer(HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException || response.isCommitted()) {
            return null;
        }
        int status = status(failure);
        if (status >= 500) {
            request.setAttribute(CAUSE, failure);
        }
        try {
            response.sendError(status);
        } catch (IOException e) {
            LoggerFactory.getLogger(Unexpected.class).debug("the reader went away", e);
        }
        return new ModelAndView();
    }

    private static int status(Exception failure) {
        if (failure instanceof NoSuchElementException) {
            return HttpServletResponse.SC_NOT_FOUND;
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (root instanceof SQLException sql && UNREADABLE.contains(sql.getSQLState())) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
