package org.heshi.site.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.FooterNote;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;
import org.heshi.site.Frame;
import org.heshi.site.words.Messages;
import org.heshi.site.words.ReaderLanguage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.NoSuchMessageException;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.UriComponentsBuilder;

/** The frame of one request. */
final class RequestFrame implements Frame {

    private static final Logger LOG = LoggerFactory.getLogger(RequestFrame.class);

    private final HttpServletRequest request;
    private final Furniture furniture;
    private final Locale locale;
    private final Actor actor;
    private @Nullable Csrf csrf;
    private @Nullable Integer unread;
    private @Nullable String nearest;

    RequestFrame(HttpServletRequest request, Furniture furniture, Locale locale) {
        this.request = request;
        this.furniture = furniture;
        this.locale = Messages.nearest(locale);
        this.actor = Acting.current();
    }

    @Override
    public String t(String key, Object... arguments) {
        Object[] written = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            written[i] = written(arguments[i]);
        }
        try {
            return furniture.messages().getMessage(key, written.length == 0 ? null : written, locale);
        } catch (NoSuchMessageException e) {
            if (furniture.strict()) {
                throw e;
            }
            LOG.error("the message {} is missing in {}", key, locale);
            return key;
        }
    }

    @Override
    public boolean has(String key) {
        return furniture.messages().has(key);
    }

    @Override
    public Locale locale() {
        return locale;
    }

    @Override
    public String lang() {
        return locale.toLanguageTag();
    }

    @Override
    public Optional<Actor.Staff> staff() {
        return actor instanceof Actor.Staff staff ? Optional.of(staff) : Optional.empty();
    }

    @Override
    public Optional<Actor.Resident> resident() {
        return actor instanceof Actor.Resident resident ? Optional.of(resident) : Optional.empty();
    }

    @Override
    public Csrf csrf() {
        if (csrf == null) {
            CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
            if (token == null) {
                throw new IllegalStateException("this page was drawn outside of the security chain");
            }
            csrf = new Csrf(token.getParameterName(), token.getHeaderName(), token.getToken());
        }
        return csrf;
    }

    @Override
    public String path() {
        Object asked = request.getAttribute(jakarta.servlet.RequestDispatcher.ERROR_REQUEST_URI);
        return asked instanceof String path ? path : request.getRequestURI();
    }

    @Override
    public List<FooterNote> notes() {
        return furniture.notes();
    }

    @Override
    public List<MenuItem> menu() {
        return furniture.menu().stream().filter(this::mayOpen).toList();
    }

    private boolean mayOpen(MenuItem item) {
        if (item.roles().isEmpty()) {
            return true;
        }
        return staff().map(staff -> staff.roles().stream().anyMatch(role -> names(item, role)) && watches(staff.scope(), item.place())).orElse(false);
    }

    private static boolean watches(String scope, String place) {
        return place.isEmpty() || !scope.isEmpty() && place.startsWith(scope);
    }

    private static boolean names(MenuItem item, Role role) {
        return item.roles().contains(role.name()) || item.roles().contains(role.code());
    }

    @Override
    public List<Language> languages() {
        String tag = lang();
        return List.of(language("zh_CN", "zh-CN", "site.language.zh", tag), language("en", "en", "site.language.en", tag));
    }

    private Language language(String parameter, String tag, String key, String current) {
        UriComponentsBuilder here = UriComponentsBuilder.fromPath(path());
        boolean failed = request.getAttribute(jakarta.servlet.RequestDispatcher.ERROR_REQUEST_URI) != null;
        String query = request.getQueryString();
        if (query != null && !failed) {
            here.query(query);
        }
        String href = here.replaceQueryParam(ReaderLanguage.PARAMETER, parameter).build().toUriString();
        // Two slashes at the start would name another host.
        return new Language(tag, t(key), "/" + href.replaceFirst("^/+", ""), tag.equals(current));
    }

    @Override
    public int unread() {
        if (unread == null) {
            unread = staff().map(staff -> furniture.unread().count(staff.person(), staff.post())).orElse(0);
        }
        return unread;
    }

    @Override
    public int posts() {
        return request.getAttribute(POSTS) instanceof Integer posts ? posts : 0;
    }

    @Override
    public String date(Instant instant) {
        return date(CivilTime.dateOf(instant));
    }

    @Override
    public String date(LocalDate day) {
        return DateTimeFormatter.ofPattern(t("site.format.date"), locale).format(day);
    }

    @Override
    public String dateTime(Instant instant) {
        return DateTimeFormatter.ofPattern(t("site.format.date-time"), locale).format(CivilTime.of(instant));
    }

    @Override
    public String refusal(Refusal refusal) {
        return t("refusal." + refusal.code(), refusal.arguments().stream().map(this::shown).toArray());
    }

    /** What a refusal names, in the reader's language and form. */
    private Object shown(Object argument) {
        return switch (argument) {
            case Bilingual words -> words.in(locale);
            case Instant instant -> dateTime(instant);
            default -> argument;
        };
    }

    @Override
    public List<Refusal> at(String field, List<Refusal> refusals) {
        return refusals.stream().filter(refusal -> refusal.field().equals(field)).toList();
    }

    @Override
    public Optional<Flash> flash() {
        Map<String, ?> said = RequestContextUtils.getInputFlashMap(request);
        return said != null && said.get(Flash.ATTRIBUTE) instanceof Flash flash ? Optional.of(flash) : Optional.empty();
    }

    @Override
    public String asset(String path) {
        return furniture.assets().address(path);
    }

    @Override
    public boolean here(String href) {
        if (nearest == null) {
            nearest = menu().stream().map(MenuItem::href).filter(this::leadsHere).max(Comparator.comparingInt(String::length)).orElse("");
        }
        return nearest.equals(href);
    }

    private boolean leadsHere(String href) {
        String path = path();
        return path.equals(href) || !href.equals("/") && path.startsWith(href + "/");
    }

    private Object written(Object argument) {
        return switch (argument) {
            case Instant instant -> dateTime(instant);
            case LocalDate day -> date(day);
            case Bilingual words -> words.in(locale);
            default -> argument;
        };
    }
}
