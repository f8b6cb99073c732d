package org.heshi.exchange.webhook;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.heshi.kernel.CannotStart;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where the program may send to. Whoever names an address of a webhook makes this machine call it, so nothing that only this machine or its network can
 * reach is called, unless the county allows that network: its own is a private one. An address is asked for anew for every connection, and the one that was
 * looked at is the one that is connected to, so that a name that points elsewhere a moment later leads nowhere.
 */
@Component
class Targets {

    private static final int LONGEST = 500;
    private static final long RESOLVES_WITHIN_SECONDS = 5;

    /** Never, whatever a setting says: this machine, the link, groups, what clouds tell their machines, what is nobody's. */
    private static final List<Network> NEVER = List.of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/96", "fe80::/10", "ff00::/8", "fd00:ec2::254/128", "100::/64", "2001::/23",
            "2001:db8::/32", "2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "fec0::/10").stream().map(Network::of).toList();
    /** Only where the county says so. */
    private static final List<Network> PRIVATE = List.of("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "fc00::/7").stream().map(Network::of).toList();

    private final boolean loopback;
    private final List<Network> allowed;
    /** A name whose server hangs is asked for once at a time, on a thread of its own, and keeps nobody else waiting. */
    private final Map<String, CompletableFuture<InetAddress[]>> asked = new ConcurrentHashMap<>();
    private final Names names;

    /** What a name stands for now. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    @org.springframework.beans.factory.annotation.Autowired
    Targets(@Value("${heshi.webhook-networks:}") String networks, @Value("${heshi.webhook-loopback:off}") String loopback) {
        this(networks(networks), List.of("on", "true", "yes").contains(loopback.strip().toLowerCase(Locale.ROOT)), InetAddress::getAllByName);
    }

    Targets(List<Network> allowed, boolean loopback, Names names) {
        this.allowed = List.copyOf(allowed);
        this.loopback = loopback;
        this.names = names;
    }

    private static List<Network> networks(String networks) {
        try {
            return Network.all(networks);
        } catch (IllegalArgumentException e) {
            throw CannotStart.wrongSettings(List.of("HESHI_WEBHOOK_NETWORKS must list networks such as 10.20.0.0/16, parted by commas: " + e.getMessage()));
        }
    }

    /** The address as it is kept; empty when it is no address that could ever be called. */
    Optional<URI> read(String typed, boolean mayBePlain) {
        try {
            URI uri = new URI(typed.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http") && mayBePlain;
            boolean whole = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null && uri.getPort() != 0 && uri.getPort() < 65_536;
            return web && whole && typed.length() <= LONGEST && typed.chars().allMatch(c -> c > 32 && c < 127) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    Optional<URI> read(String typed) {
        return read(typed, loopback);
    }

    /** Why nothing may be sent to a place. */
    static final class Refused extends Exception {

        private final transient String code;

        Refused(String code) {
            super(code);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * The address to connect to.
     *
     * @throws Refused when the name leads nowhere, or any address of it is not allowed: {@code unknown-host} or {@code forbidden-address}
     */
    InetAddress resolve(URI target) throws Refused {
        String host = target.getHost().startsWith("[") ? target.getHost().substring(1, target.getHost().length() - 1) : target.getHost();
        InetAddress[] found = ask(host);
        if (found.length == 0) {
            throw new Refused("unknown-host");
        }
        boolean plain = "http".equalsIgnoreCase(target.getScheme());
        for (InetAddress address : found) {
            if (!mayBeCalled(address) || plain && !(loopback && address.isLoopbackAddress())) {
                throw new Refused("forbidden-address");
            }
        }
        return found[0];
    }

    private InetAddress[] ask(String host) throws Refused {
        CompletableFuture<InetAddress[]> answer = asked.computeIfAbsent(host, name -> {
            CompletableFuture<InetAddress[]> later = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("name-" + name).start(() -> {
                try {
                    InetAddress[] found = names.of(name);
                    // first forgotten, then told: whoever asks from now on asks anew
                    asked.remove(name);
                    later.complete(found);
                } catch (UnknownHostException | RuntimeException e) {
                    asked.remove(name);
                    later.completeExceptionally(e);
                }
            });
            return later;
        });
        try {
            return answer.get(RESOLVES_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            throw new Refused("unknown-host");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refused("unknown-host");
        }
    }

    boolean mayBeCalled(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return loopback;
        }
        if (address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress() || NEVER.stream().anyMatch(network -> network.holds(address))) {
            return false;
        }
        return (PRIVATE.stream().noneMatch(network -> network.holds(address)) || allowed.stream().anyMatch(network -> network.holds(address))) && !ours(address);
    }

    private static boolean ours(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException _) {
            return true;
        }
    }
}
