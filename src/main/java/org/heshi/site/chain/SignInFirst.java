package org.heshi.site.chain;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** A stranger who asks for a page of staff signs in first and comes back to it; a program that asks is told so. */
final class SignInFirst implements AuthenticationEntryPoint {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause) throws IOException {
        if (request.getHeader("HX-Request") != null) {
            // The whole page goes to sign-in, not the part that was asked for.
            response.setHeader("HX-Redirect", "/sign-in");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (wantsData(request)) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(address(request));
        }
    }

    private static boolean wantsData(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("json") && !accept.contains("text/html");
    }

    private static String address(HttpServletRequest request) {
        boolean reading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        String path = request.getRequestURI();
        if (!reading || path.equals("/queue")) {
            return "/sign-in";
        }
        String asked = request.getQueryString() == null ? path : path + "?" + request.getQueryString();
        return "/sign-in?to=" + URLEncoder.encode(asked, StandardCharsets.UTF_8);
    }
}
