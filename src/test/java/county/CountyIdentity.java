package county;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * A county's own sign-in, as real as it gets in a test: Spring Authorization Server on its own Tomcat. It demands PKCE. ID tokens can be changed on
 * their way out, to see that a changed one is refused. Stands outside of the program's packages, so that the program does not take it for a part.
 */
public final class CountyIdentity implements AutoCloseable {

    private static final Pattern ID_TOKEN = Pattern.compile("\"id_token\":\"([^\"]+)\"");

    private final Tomcat tomcat = new Tomcat();
    private final RSAKey key;
    private final InMemoryUserDetailsManager people = new InMemoryUserDetailsManager();
    private volatile UnaryOperator<String> change = UnaryOperator.identity();
    private volatile String lastToken = "";

    public CountyIdentity(URI issuer, String clientId, String clientSecret, String back, String afterwards) {
        try {
            key = new RSAKeyGenerator(2048).keyID("county-1").generate();
            tomcat.setPort(issuer.getPort());
            tomcat.getConnector().setProperty("address", issuer.getHost());
            tomcat.setBaseDir("target/county-identity");
            Context context = tomcat.addContext("", null);
            AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
            spring.addBeanFactoryPostProcessor(beans -> {
                beans.registerSingleton("key", key);
                beans.registerSingleton("people", people);
                beans.registerSingleton("settings", AuthorizationServerSettings.builder().issuer(issuer.toString()).build());
                beans.registerSingleton("clients", clients(clientId, clientSecret, back, afterwards));
            });
            spring.register(Setup.class);
            context.addServletContainerInitializer((_, servlets) -> {
                servlets.addServlet("pages", new DispatcherServlet(spring)).addMapping("/");
                FilterRegistration.Dynamic changing = servlets.addFilter("changing", new Changing());
                changing.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/oauth2/token");
                spring.setServletContext(servlets);
                spring.refresh();
                servlets.addFilter("security", new DelegatingFilterProxy("springSecurityFilterChain", spring))
                        .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
            }, Set.of());
            tomcat.start();
        } catch (JOSEException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegisteredClientRepository clients(String id, String secret, String back, String afterwards) {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId(UUID.randomUUID().toString()).clientId(id).clientSecret("{noop}" + secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri(back).postLogoutRedirectUri(afterwards).scope(OidcScopes.OPENID)
                .clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build()).build());
    }

    /** Somebody more who can sign in there; the name is also the subject. */
    public void enrol(String name, String password) {
        people.createUser(User.withUsername(name).password("{noop}" + password).roles("STAFF").build());
    }

    /** What happens to every ID token from now on, before it is given out. */
    public void change(UnaryOperator<String> how) {
        change = how;
    }

    public RSAKey key() {
        return key;
    }

    /** The ID token that was given out last, unchanged. */
    public String lastToken() {
        return lastToken;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Changing extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
            ContentCachingResponseWrapper caught = new ContentCachingResponseWrapper(response);
            chain.doFilter(request, caught);
            String body = new String(caught.getContentAsByteArray(), StandardCharsets.UTF_8);
            Matcher token = ID_TOKEN.matcher(body);
            if (token.find()) {
                lastToken = token.group(1);
                body = body.replace(token.group(1), change.apply(token.group(1)));
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }

    @Configuration
    @EnableWebMvc
    @EnableWebSecurity
    static class Setup {

        @Bean
        @Order(1)
        SecurityFilterChain protocol(HttpSecurity http) throws Exception {
            OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
            http.securityMatcher(server.getEndpointsMatcher()).with(server, configured -> configured.oidc(Customizer.withDefaults()));
            http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
            http.exceptionHandling(failures -> failures.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")));
            return http.build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain pages(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated()).formLogin(Customizer.withDefaults()).build();
        }

        @Bean
        JWKSource<SecurityContext> keys(RSAKey key) {
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        org.springframework.security.oauth2.jwt.JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }
    }
}
