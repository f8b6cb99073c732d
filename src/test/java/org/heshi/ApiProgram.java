package org.heshi;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.springframework.context.ApplicationContext;

/** Another system of a unit, opened by an administrator on the pages as in life; sends its key with all that it asks. */
public final class ApiProgram {

    private static final Pattern ID = Pattern.compile("action=\"/admin/clients/([0-9a-f-]{36})/end\"");
    private static final Pattern KEY = Pattern.compile("data-secret[^>]*>(hk_[A-Za-z0-9_-]{43})<");
    private static final Pattern SECRET = Pattern.compile("data-secret[^>]*>(hs_[A-Za-z0-9_-]{43})<");

    private final Visitor admin;
    private final Visitor program;
    private final String id;
    private final String secret;
    private String key = "";

    private ApiProgram(Visitor admin, Visitor program, String id, String secret) {
        this.admin = admin;
        this.program = program;
        this.id = id;
        this.secret = secret;
    }

    /** Of this unit, in the county of Zhuji. */
    public static ApiProgram of(ApplicationContext context, int port, UUID unit, String... scopes) {
        return of(port, unit, new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.ADMINISTRATOR)), scopes);
    }

    /** @param admin signed in, and in charge of the unit's ground */
    public static ApiProgram of(int port, UUID unit, Visitor admin, String... scopes) {
        admin.get("/admin/clients/new");
        StringBuilder form = new StringBuilder("_csrf=" + enc(admin.token()) + "&name=" + enc("系统" + UUID.randomUUID().toString().substring(0, 6)) + "&unit=" + unit);
        Stream.of(scopes).forEach(scope -> form.append("&scopes=").append(scope));
        Visitor.Answer made = admin.shown(admin.postBody("/admin/clients/new", form.toString(), "application/x-www-form-urlencoded"));
        ApiProgram program = new ApiProgram(admin, new Visitor(port), found(ID, made), found(SECRET, made));
        program.key = program.freshKey(scopes);
        return program;
    }

    public String id() {
        return id;
    }

    public String secret() {
        return secret;
    }

    public String key() {
        return key;
    }

    public Visitor admin() {
        return admin;
    }

    public String freshKey(String... scopes) {
        return found(KEY, askKey(scopes));
    }

    public Visitor.Answer askKey(String... scopes) {
        return admin.shown(form("/key", "scopes", scopes));
    }

    /** Gives it a post in its unit. */
    public ApiProgram inPost(Role... roles) {
        Visitor.Answer answer = form("/post", "roles", Stream.of(roles).map(Role::code).toArray(String[]::new));
        if (answer.status() != 303) {
            throw new AssertionError("no post was given: " + answer.body());
        }
        return this;
    }

    /** Takes that post away again. */
    public void outOfPost() {
        Visitor.Answer answer = form("/end-post", "roles");
        if (answer.status() != 303) {
            throw new AssertionError("the post was not taken away: " + answer.body());
        }
    }

    private Visitor.Answer form(String what, String name, String... values) {
        admin.get("/admin/clients/" + id);
        StringBuilder form = new StringBuilder("_csrf=" + enc(admin.token()));
        Stream.of(values).forEach(value -> form.append('&').append(name).append('=').append(value));
        return admin.postBody("/admin/clients/" + id + what, form.toString(), "application/x-www-form-urlencoded");
    }

    public Visitor.Answer get(String path, String... headers) {
        return send(with(program.request(path).GET(), headers));
    }

    public Visitor.Answer post(String path, String idempotencyKey, String body, String... headers) {
        return send(with(program.request(path).header("Idempotency-Key", idempotencyKey).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)), headers));
    }

    public Visitor.Answer send(HttpRequest.Builder request) {
        return program.send(request.header("X-Api-Key", key).header("Accept", "application/json"));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    public HttpRequest.Builder request(String path) {
        return program.request(path);
    }

    private static String found(Pattern pattern, Visitor.Answer answer) {
        Matcher found = pattern.matcher(answer.body());
        if (!found.find()) {
            throw new AssertionError("not on the page: " + pattern + " " + answer.status() + " " + answer.body());
        }
        return found.group(1);
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
