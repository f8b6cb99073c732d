package org.heshi.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** From where a request comes, as it is counted: an IPv4 address, or the first 64 bits of an IPv6 address, which one household holds. */
public final class ClientAddress {

    private ClientAddress() {
    }

    public static String of(HttpServletRequest request) {
        return counted(request.getRemoteAddr());
    }

    static String counted(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // Only literal addresses come here, so no name is looked up.
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address six ? HexFormat.of().formatHex(six.getAddress(), 0, 8) : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
