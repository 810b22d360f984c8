package pulseboard.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is believed about where a request comes from: only the proxies that the settings name. Anybody else can write
 * {@code X-Forwarded-For} and {@code X-Forwarded-Host} too, so from them these headers count for nothing. See <a
 * href="https://www.rfc-editor.org/rfc/rfc7239#section-8.1">RFC 7239</a>.
 */
final class Proxies {

    /** Any of these says that somebody asks for somebody else. */
    private static final List<String> FORWARDING =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** Proxies in a row: real chains have two or three, and a header has room for a thousand. */
    static final int MOST_HOPS = 16;

    private static final HostAndPort NOBODY = HostAndPort.create("(no name)", -1);

    private final List<AddressBlock> trusted;

    /**
     * Trusts these and nobody else.
     *
     * @param trusted addresses such as {@code 127.0.0.1} or blocks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException when one is neither
     */
    Proxies(List<String> trusted) {
        this.trusted = trusted.stream().map(Proxies::block).toList();
    }

    private static AddressBlock block(String text) {
        AddressBlock block = AddressBlock.parse(text);
        if (block == null) {
            throw new IllegalArgumentException(
                    "web.trustedProxies must hold addresses such as 127.0.0.1 or blocks such as 10.0.0.0/8, not "
                            + text);
        }
        return block;
    }

    /** The address of the client: of the nearest one that is not a trusted proxy, as text. */
    String client(HttpServerRequest request) {
        String client =
                request.remoteAddress() == null ? "-" : request.remoteAddress().hostAddress();
        List<String> hops = lastHops(request);
        // Each proxy appends whom it talked to, so only what trusted ones wrote, from the right, is sure.
        for (int i = 0; i < hops.size() && i < MOST_HOPS && isTrusted(client); i++) {
            String hop = hops.get(i);
            if (AddressBlock.address(hop) == null) {
                break;
            }
            client = hop;
        }
        return client;
    }

    /** What {@code X-Forwarded-For} names, the nearest first: up to {@link #MOST_HOPS}, and one more where there are more. */
    private static List<String> lastHops(HttpServerRequest request) {
        String all = String.join(",", request.headers().getAll("X-Forwarded-For"));
        List<String> hops = new ArrayList<>();
        int end = all.length();
        while (end >= 0 && hops.size() <= MOST_HOPS) {
            int comma = all.lastIndexOf(',', end - 1);
            hops.add(all.substring(comma + 1, end).strip());
            end = comma;
        }
        return hops;
    }

    /** The name by which the client's browser knows this server, if a trusted proxy tells it. */
    @Nullable
    HostAndPort forwardedHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("X-Forwarded-Host");
        if (hosts.isEmpty() || !isFromTrusted(request)) {
            return null;
        }
        String[] names = String.join(",", hosts).split(",", -1);
        // What is no name at all is not ours either.
        return Objects.requireNonNullElse(HostAndPort.parseAuthority(names[names.length - 1].strip(), -1), NOBODY);
    }

    /** Whether a trusted proxy made this request, so that its headers are to be believed. */
    boolean isFromTrusted(HttpServerRequest request) {
        return request.remoteAddress() != null
                && isTrusted(request.remoteAddress().hostAddress());
    }

    /**
     * Whether the client runs on this machine. Not when a proxy asks for somebody whom it does not name, or that is not
     * trusted to name anybody.
     */
    boolean isOnThisMachine(HttpServerRequest request) {
        boolean isForwarded = isForwarded(request);
        List<String> hops = lastHops(request);
        boolean isNamed = isFromTrusted(request)
                && hops.size() <= MOST_HOPS
                && hops.stream().allMatch(hop -> AddressBlock.address(hop) != null);
        InetAddress client = AddressBlock.address(client(request));
        return (!isForwarded || isNamed) && client != null && client.isLoopbackAddress();
    }

    /** Whether something says that it passes on what somebody else asked. */
    static boolean isForwarded(HttpServerRequest request) {
        return FORWARDING.stream().anyMatch(request.headers()::contains);
    }

    /** Whether the client's browser speaks TLS, with us or with a trusted proxy. */
    boolean isSecure(HttpServerRequest request) {
        return request.isSSL()
                || (isFromTrusted(request) && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")));
    }

    private boolean isTrusted(@Nullable String address) {
        InetAddress parsed = address == null ? null : AddressBlock.address(address);
        return parsed != null && isTrusted(parsed);
    }

    /** Whether this is the address of one of them. */
    boolean isTrusted(InetAddress parsed) {
        return trusted.stream().anyMatch(block -> block.contains(parsed));
    }
}
