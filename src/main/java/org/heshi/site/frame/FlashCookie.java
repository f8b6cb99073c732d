package org.heshi.site.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.kernel.Flash;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.util.WebUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries what the next page says once in a cookie of a minute and not in the session: an action then writes the matter and nothing else. It names
 * a message and its arguments, which the page escapes as any words; whoever forges it deceives only themselves.
 */
@Component("flashMapManager")
class FlashCookie implements FlashMapManager {

    private static final String NAME = "heshi-said";
    private static final int LONGEST = 3000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public @Nullable FlashMap retrieveAndUpdate(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        response.addHeader(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO, request));
        return read(cookie.getValue()).map(flash -> {
            FlashMap map = new FlashMap();
            map.put(Flash.ATTRIBUTE, flash);
            return map;
        }).orElse(null);
    }

    @Override
    public void saveOutputFlashMap(FlashMap map, HttpServletRequest request, HttpServletResponse response) {
        if (map.get(Flash.ATTRIBUTE) instanceof Flash flash) {
            String value = write(flash);
            if (value.length() <= LONGEST) {
                response.addHeader(HttpHeaders.SET_COOKIE, cookie(value, Duration.ofMinutes(1), request));
            }
        }
    }

    private static String cookie(String value, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(NAME, value).path("/").httpOnly(true).sameSite("Lax").secure(request.isSecure()).maxAge(age).build().toString();
    }

    private static String write(Flash flash) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("good", flash.good());
        said.put("key", flash.key());
        said.put("arguments", flash.arguments().stream().map(a -> a instanceof Number ? a : a.toString()).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsString(said).getBytes(StandardCharsets.UTF_8));
    }

    /** Only what this class wrote can be read; anything else says nothing. */
    private static Optional<Flash> read(String value) {
        try {
            JsonNode said = JSON.readTree(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
            String key = said.path("key").asString("");
            if (!key.matches("[a-z0-9.-]{1,80}")) {
                return Optional.empty();
            }
            List<Serializable> arguments = new ArrayList<>();
            for (JsonNode argument : said.path("arguments")) {
                if (argument.isIntegralNumber()) {
                    arguments.add(argument.asLong());
                } else {
                    arguments.add(argument.asString(""));
                }
            }
            return Optional.of(new Flash(said.path("good").asBoolean(), key, arguments));
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
