package org.heshi.boot.proxy;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * With {@code HESHI_TRUSTED_PROXY} only that proxy, and this machine itself, may connect: everybody else would come without TLS. Judged by the
 * address of the connection, before any forwarded header is believed.
 */
@Component
@ConditionalOnWebApplication
class ProxyOnly implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final String proxy;

    ProxyOnly(@Value("${heshi.trusted-proxy:}") String proxy) {
        this.proxy = proxy.strip();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        if (!proxy.isEmpty()) {
            factory.addEngineValves(new Gate(proxy));
        }
    }

    /** First of the valves, so that it sees the peer and not whom a header names. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    static boolean admits(String proxy, String peer) {
        try {
            // both are numbers already, so no name is looked up
            InetAddress from = InetAddress.getByName(peer);
            return from.isLoopbackAddress() || from.equals(InetAddress.getByName(proxy));
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static final class Gate extends ValveBase {

        private final String proxy;

        private Gate(String proxy) {
            super(true);
            this.proxy = proxy;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (admits(proxy, request.getPeerAddr())) {
                getNext().invoke(request, response);
            } else {
                response.sendError(403);
            }
        }
    }
}
